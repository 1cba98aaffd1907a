import { describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import type { CounterDescription } from '../../src/counters/counter.ts';
import { openCounterFile } from '../../src/counters/counter-file.ts';

const DESCRIPTION: CounterDescription = {
  name: 'a',
  unit: 'B',
  kind: 'count',
  description: 'A.',
  source: '/a',
  step: null,
  wrapBits: 64,
  scale: 1,
};

/** What is read of a file whose text becomes each of `texts` in turn; the first is the one at which it is opened. */
function readings(
  rest: Partial<CounterDescription>,
  ...texts: readonly (string | bigint)[]
): readonly unknown[] {
  let text: Available<string> = available(String(texts[0]));
  const files: Pick<SystemFiles, 'read'> = { read: () => text };
  const counter = openCounterFile(files as SystemFiles, '/a', { ...DESCRIPTION, ...rest });
  return texts.map((now) => {
    text = available(String(now));
    const reading = counter.read();
    return reading.available ? reading.value : reading.reason;
  });
}

describe('openCounterFile()', () => {
  it('tells totals that a number holds as they are', () => {
    expect(readings({}, '7\n', '9')).toEqual([7, 9]);
    expect(readings({ scale: 4 }, 2n ** 50n, 2n ** 50n + 1n)).toEqual([2 ** 52, 2 ** 52 + 4]);
  });

  it('tells larger ones from where they stood, to the last byte', () => {
    expect(readings({}, 2n ** 63n + 1n, 2n ** 63n + 4n, 2n ** 63n + 2n ** 51n)).toEqual([0, 3, 2 ** 51 - 1]);
    expect(readings({ scale: 4 }, 2n ** 62n, 2n ** 62n + 3n)).toEqual([0, 12]);
  });

  it('passes the end of a range between 53 and 64 bits, from its upper half', () => {
    expect(readings({ wrapBits: 56 }, 2n ** 56n - 6n, 10n)).toEqual([0, 16]);
    expect(readings({ wrapBits: 56 }, 2n ** 54n, 10n)).toEqual([0, 10 - 2 ** 54]);
  });

  it('takes nothing else for a count', () => {
    const others = ['', '-1', '1.5', '0x10', '1 2', '1e3', '@5', `${'9'.repeat(21)}`, `1${' '.repeat(99)}`];
    for (const reading of readings({}, ...others)) expect(reading).toMatch(/^\/a: ".*" is no count$/);
    expect(readings({}, 2n ** 64n - 1n)).toEqual(['/a: all bits are set, the device does not answer']);
    expect(readings({}, 2n ** 64n)).toEqual(['/a: 18446744073709551616 is more than 64 bits hold']);
  });

  it('reads on where it could not be read when it was opened', () => {
    expect(readings({}, 'N/A (no PMA)\n', '12', '15')).toEqual(['/a: "N/A (no PMA)" is no count', 12, 15]);
    const none = { read: () => unavailable('/a: EACCES') } as unknown as SystemFiles;
    expect(openCounterFile(none, '/a', DESCRIPTION).read()).toEqual(unavailable('/a: EACCES'));
  });
});
