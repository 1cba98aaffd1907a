import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { TakenCounter, TakenGroup } from '../../src/counters/take-counters.ts';
import { countersTable } from '../../src/report/counters-table.ts';
import { displayWidth } from '../../src/report/display-width.ts';

const RECEIVED: TakenCounter = {
  name: 'net:eth0:rx:bytes',
  unit: 'B',
  kind: 'count',
  description: 'Bytes that the interface received, with the headers of the link layer.',
  source: '/proc/net/dev, column 1',
  step: null,
  wrapBits: null,
  scale: 1,
  value: available(2048),
  change: available(1024),
  flags: [],
};
const DROPPED: TakenCounter = {
  ...RECEIVED,
  name: 'net:eth0:rx:drop',
  unit: 'count',
  value: available(0),
  change: available(0),
};
const NET: TakenGroup = {
  id: 'net',
  title: 'Network interfaces',
  disturbs: null,
  readNs: 50_000,
  counters: available([RECEIVED, DROPPED]),
};
const CXI: TakenGroup = {
  ...NET,
  id: 'cxi',
  title: 'Slingshot',
  readNs: null,
  counters: unavailable('no Slingshot adapter: /sys/class/cxi: ENOENT'),
};

function table(groups: readonly TakenGroup[], width: number, all = false): readonly string[] {
  return countersTable({ groups, spanNs: 1e9 }, { width, color: false, all }).split('\n');
}

describe('countersTable()', () => {
  it('has the description beside the figures where there is room', () => {
    expect(table([NET, CXI], 120)).toEqual([
      'counter                 value     change  what it counts',
      'net                                       Network interfaces',
      '  a reading takes 50.0 µs',
      '  net:eth0:rx:bytes  2.00 KiB  +1.00 KiB  Bytes that the interface received, with the headers of the link layer.',
      '',
      'cxi                         –             not here: no Slingshot adapter: /sys/class/cxi: ENOENT',
      '',
      'change: within 1.00 s',
      '1 counter that stands at 0 is not shown; --all shows it',
      '',
    ]);
  });

  it('has it below them, deeper than the name, where there is none', () => {
    expect(table([NET, CXI], 60)).toEqual([
      'counter                 value     change',
      'net',
      '  Network interfaces',
      '  a reading takes 50.0 µs',
      '  net:eth0:rx:bytes  2.00 KiB  +1.00 KiB',
      '    Bytes that the interface received, with the headers of',
      '    the link layer.',
      '',
      'cxi                         –',
      '  not here: no Slingshot adapter: /sys/class/cxi: ENOENT',
      '',
      'change: within 1.00 s',
      '1 counter that stands at 0 is not shown; --all shows it',
      '',
    ]);
  });

  it('is never wider than the terminal', () => {
    for (const width of [60, 79, 80, 100])
      for (const line of table([NET, CXI], width, true))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('says that a group without a line is one of zeros', () => {
    const zeros = { ...NET, counters: available([DROPPED, DROPPED]) };
    expect(table([zeros], 120)).toContain('  all of them stand at 0; a reading takes 50.0 µs');
    expect(table([zeros], 120)).toContain('2 counters that stand at 0 are not shown; --all shows them');
    expect(table([zeros], 120, true)).toContain('  a reading takes 50.0 µs');
  });
});
