import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CounterChange, CounterDescription, CounterReadings } from '../../src/counters/counter.ts';
import { counterChanges } from '../../src/counters/counter-change.ts';
import { INFINIBAND } from '../../src/counters/infiniband.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { ROOT } from '../structure/project-files.ts';
import { contextOf, snapshots, writeFiles } from './snapshots.ts';

const FABRIC = join(ROOT, 'test/fixtures/fabric');
const IB = 'sys/class/infiniband';

/** What moved in the fixture between its two snapshots. */
function observed(): {
  readonly change: (name: string) => CounterChange | undefined;
  readonly counter: (name: string) => CounterDescription | undefined;
  readonly before: CounterReadings;
} {
  const { files, pass } = snapshots(FABRIC, join(FABRIC, 'later'));
  const opened = INFINIBAND.open(contextOf(files));
  if (!opened.available) throw new Error(opened.reason);
  using source = opened.value;
  const before = source.read();
  pass();
  const changes = counterChanges(source.counters, before, source.read());
  return {
    before,
    change: (name) => changes.find((one) => one.name === `infiniband:${name}`),
    counter: (name) => source.counters.find((one) => one.name === `infiniband:${name}`),
  };
}

/** The readings of a folder with these files below the class. */
function readingsOf(files: Readonly<Record<string, string>>): CounterReadings | string {
  using folder = temporaryFolder();
  const paths = Object.entries(files).map(([path, text]) => [`${IB}/${path}`, text] as const);
  writeFiles(folder.path, Object.fromEntries(paths));
  const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
  return opened.available ? opened.value.read() : opened.reason;
}

describe('the fabric fixture', () => {
  const { change, counter, before } = observed();
  const plain = (value: number): object => ({ change: available(value), flags: [] });

  it('tells words as bytes, exactly, where the total is beyond what a number holds', () => {
    expect(change('mlx5_0:1:port_xmit_data')).toMatchObject(plain(10_000_000));
    expect(change('mlx5_0:1:port_rcv_data')).toMatchObject(plain(1000));
    expect(counter('mlx5_0:1:port_xmit_data')).toMatchObject({ unit: 'B', scale: 4, step: 4, wrapBits: 64 });
    expect(counter('mlx5_0:1:port_rcv_data')?.source).toBe(
      `/${IB}/mlx5_0/ports/1/counters/port_rcv_data, in words of 4 bytes, times 4` +
        ', less the 4611686018427387905 at which it stood first, so that a number holds it',
    );
  });

  it('has a reason for every counter of the port that is down, and no zero', () => {
    const ofPort = [...before].filter(([name]) => name.startsWith('infiniband:mlx5_0:2:'));
    expect(ofPort).toHaveLength(4);
    for (const [, reading] of ofPort) {
      expect(reading).toEqual(unavailable('port 2 of mlx5_0 is not active: 1: DOWN'));
    }
  });

  it('flags what wrapped, and takes it into account', () => {
    const wrapped = (value: number): object => ({ change: available(value), flags: ['wrapped'] });
    expect(change('mthca0:1:port_xmit_data')).toMatchObject(wrapped(64));
    expect(change('mlx5_0:1:out_of_buffer')).toMatchObject(wrapped(11));
  });

  it('flags what stands at its largest value, also in words', () => {
    const stuck = { change: unavailable('it stands at its largest value'), flags: ['stuck'] };
    expect(change('mlx5_0:1:symbol_error')).toMatchObject(stuck);
    expect(change('mthca0:1:port_rcv_data')).toMatchObject(stuck);
    expect(change('mlx5_0:1:link_error_recovery')).toMatchObject({
      change: unavailable('it reached its largest value between the readings, after 5 or more'),
      flags: ['stuck'],
    });
  });

  it('takes no fall of a counter that sticks for a wrap, nor one from the lower half', () => {
    const reset = { change: unavailable('it was set back between the readings'), flags: ['reset'] };
    expect(change('mlx5_0:1:port_rcv_errors')).toMatchObject(reset);
    expect(change('mthca0:1:port_xmit_packets')).toMatchObject(reset);
  });

  it('knows the width of data counters by whether the port has the extended set', () => {
    expect(counter('mthca0:1:port_xmit_data')).toMatchObject({ wrapBits: 32, unit: 'B' });
    expect(counter('mlx5_1:1:port_xmit_data')).toMatchObject({ wrapBits: 64 });
    expect(counter('mlx5_0:1:symbol_error')).toMatchObject({ wrapBits: 16, sticks: true });
    expect(counter('mlx5_0:1:out_of_buffer')?.wrapBits).toBe(32);
    expect(counter('mlx5_0:1:out_of_buffer')).not.toHaveProperty('sticks');
  });

  it('names the fabric, and what a virtual function does not see', () => {
    expect(counter('mlx5_0:1:link_downed')?.description).toContain('(InfiniBand at 100 Gb/sec (4X EDR))');
    expect(counter('mlx5_1:1:port_xmit_data')?.description).toContain(
      '(RoCE at 25 Gb/sec (1X EDR), traffic of this virtual function only)',
    );
    expect(counter('efa_0:1:tx_bytes')?.description).toContain('(EFA at ');
    expect(change('mlx5_1:1:np_ecn_marked_roce_packets')).toMatchObject(plain(2));
  });

  it('reads EFA, by port and by device, and none of the counters it does not have', () => {
    expect(change('efa_0:1:tx_bytes')).toMatchObject(plain(4_000_000));
    expect(change('efa_0:1:rx_drops')).toMatchObject(plain(2));
    expect(change('efa_0:submitted_cmds')).toMatchObject(plain(2));
    expect(counter('efa_0:1:rdma_read_bytes')?.unit).toBe('B');
    expect(counter('efa_0:1:symbol_error')).toBeUndefined();
  });

  it('tells the flits of Omni-Path, which have eight bytes', () => {
    expect(change('hfi1_0:1:port_xmit_data')).toMatchObject(plain(2000));
    expect(counter('hfi1_0:1:port_xmit_data')?.description).toContain('(Omni-Path at ');
  });

  it('takes unknown names as they stand, and the lifespan for no counter', () => {
    expect(change('mlx5_0:1:future_counter')).toMatchObject(plain(1));
    expect(counter('mlx5_0:1:future_counter')?.description).toMatch(/^Vendor counter \(/);
    expect(counter('mlx5_0:1:vport_rx_read_requests')?.description).toMatch(/^RDMA reads received/);
    expect(counter('mlx5_0:1:lifespan')).toBeUndefined();
  });
});

describe('the group infiniband', () => {
  it('says why where there is no adapter, or none with counters', () => {
    using folder = temporaryFolder();
    expect(INFINIBAND.open(contextOf(systemFiles(folder.path)))).toEqual(
      unavailable('no InfiniBand, RoCE, EFA or Omni-Path adapter: /sys/class/infiniband: ENOENT'),
    );
    expect(readingsOf({ 'mlx5_0/node_type': '1: CA' })).toBe('no counters of mlx5_0');
  });

  it('prefers the 64 bits of an old driver where it shows both', () => {
    using folder = temporaryFolder();
    const port = `${IB}/mlx4_0/ports/1`;
    writeFiles(folder.path, {
      [`${port}/counters/port_rcv_data`]: '4294967295',
      [`${port}/counters/port_rcv_packets`]: '1',
      [`${port}/counters_ext/port_rcv_data_64`]: '5000000000',
      [`${port}/counters_ext/port_rcv_packets`]: '2',
    });
    const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
    const counters = opened.available ? opened.value.counters : [];
    expect(counters.map(({ name, wrapBits, scale }) => [name.split(':')[3], wrapBits, scale])).toEqual([
      ['port_rcv_data_64', 64, 4],
      ['port_rcv_packets', 32, 1],
      ['port_rcv_data', 32, 4],
    ]);
    expect(counters[1]?.source).toContain('/counters_ext/');
  });

  it('looks at the state anew with every reading', () => {
    using folder = temporaryFolder();
    const write = (path: string, text: string): void =>
      writeFiles(folder.path, { [`${IB}/mlx5_0/ports/1/${path}`]: text });
    write('state', '1: DOWN');
    write('counters/link_downed', '2');
    const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
    const read = (): unknown =>
      opened.available ? opened.value.read().get('infiniband:mlx5_0:1:link_downed') : opened;
    expect(read()).toMatchObject({ available: false });
    write('state', '4: ACTIVE');
    expect(read()).toEqual(available(2));
    write('state', '5: ACTIVE_DEFER');
    expect(read()).toEqual(unavailable('port 1 of mlx5_0 is not active: 5: ACTIVE_DEFER'));
  });

  it('survives hostile folders', () => {
    const port = 'mlx5_0/ports/1';
    const names = Array.from({ length: 900 }, (_, index) => `${port}/hw_counters/x${index}`);
    const readings = readingsOf({
      ...Object.fromEntries(names.map((name) => [name, '1'])),
      [`${port}/state`]: '4: ACTIVE\u0000\u001b[2J',
      [`${port}/counters/symbol_error`]: '-5',
      [`${port}/counters/link_downed`]: 'x'.repeat(5 * 2 ** 20),
      [`${port}/counters/port_rcv_data/is a folder`]: '1',
      [`${port}/counters/port_xmit_data`]: '18446744073709551615',
      [`${port}/counters/port_rcv_errors`]: '99999999999999999999',
      [`${port}/counters/VL15_dropped`]: '\u001b[31m7\n',
      [`${port}/counters/junk`]: 'seven',
      [`${port}/counters/constructor`]: '7',
      [`${port}/counters/a:b`]: '1',
      'mlx5_1/ports/one/counters/symbol_error': '1',
      'mlx5_2/ports': 'no folder',
      '-rf/ports/1/counters/symbol_error': '1',
    });
    const of = (name: string): unknown =>
      typeof readings === 'string' ? readings : readings.get(`infiniband:mlx5_0:1:${name}`);
    const path = (name: string): string => `/${IB}/${port}/counters/${name}`;
    expect((readings as CounterReadings).size).toBe(512);
    expect(of('symbol_error')).toEqual(unavailable(`${path('symbol_error')}: "-5" is no count`));
    expect(of('link_downed')).toEqual(unavailable(`${path('link_downed')}: has more than 4 MiB`));
    expect(of('port_rcv_data')).toEqual(unavailable(`${path('port_rcv_data')}: EISDIR`));
    expect(of('port_xmit_data')).toMatchObject({ reason: expect.stringContaining('all bits are set') });
    expect(of('port_rcv_errors')).toMatchObject({ reason: expect.stringContaining('more than 64 bits') });
    expect(of('VL15_dropped')).toEqual(unavailable(`${path('VL15_dropped')}: "[31m7" is no count`));
    expect(of('junk')).toBeUndefined();
    expect(of('constructor')).toEqual(available(7));
    expect(of('a:b')).toBeUndefined();
  });

  it('gives a folder up that holds many files of something else', () => {
    const folder = 'mlx5_0/ports/1/hw_counters';
    const garbage = Array.from({ length: 100 }, (_, index) => [`${folder}/a${index}`, 'garbage'] as const);
    expect(readingsOf({ ...Object.fromEntries(garbage), [`${folder}/z`]: '1' })).toBe(
      'no counters of mlx5_0',
    );
  });

  it.skipIf(process.getuid?.() === 0)('says which file may not be read', () => {
    using folder = temporaryFolder();
    const file = `${IB}/mlx5_0/ports/1/counters/symbol_error`;
    writeFiles(folder.path, { [file]: '1', [`${IB}/mlx5_0/ports/1/state`]: '4: ACTIVE' });
    chmodSync(join(folder.path, file), 0);
    const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
    expect(opened.available && [...opened.value.read().values()]).toEqual([unavailable(`/${file}: EACCES`)]);
  });

  it.each(['0x1012', '0x101e', '0xa2d3'])(
    'knows a virtual function of NVIDIA in a guest by its id %s',
    (id) => {
      using folder = temporaryFolder();
      writeFiles(folder.path, {
        [`${IB}/mlx5_0/device/vendor`]: '0x15b3\n',
        [`${IB}/mlx5_0/device/device`]: `${id}\n`,
        [`${IB}/mlx5_0/ports/1/counters/link_downed`]: '0',
      });
      const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
      expect(opened.available && opened.value.counters[0]?.description).toContain(
        'this virtual function only',
      );
    },
  );

  it('takes no zeros for counts that the driver of Omni-Path never makes', () => {
    const counters = 'hfi1_0/ports/1/counters';
    const readings = readingsOf({
      'hfi1_0/ports/1/state': '4: ACTIVE',
      [`${counters}/unicast_rcv_packets`]: '0',
      [`${counters}/multicast_rcv_packets`]: '7',
    });
    expect(typeof readings === 'string' ? readings : [...readings.keys()]).toEqual([
      'infiniband:hfi1_0:1:multicast_rcv_packets',
    ]);
  });

  it('reads nothing through links that lead out of a recorded machine', () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, IB), { recursive: true });
    symlinkSync('/proc/self', join(folder.path, IB, 'mlx5_0'));
    const opened = INFINIBAND.open(contextOf(systemFiles(folder.path)));
    expect(opened).toEqual(unavailable('no counters of mlx5_0'));
  });
});
