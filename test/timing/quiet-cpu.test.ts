import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CpuTimes } from '../../src/timing/cpu-times.ts';
import { pinnableCpus, quietestCpu } from '../../src/timing/quiet-cpu.ts';
import { type MachineFiles, machineRoot } from './machine-fixture.ts';

const status = (list: string): MachineFiles => ({
  '/proc/thread-self/status': `Name:\tnode\nCpus_allowed_list:\t${list}\n`,
});
const filesOf = (machine: MachineFiles) => systemFiles(machineRoot(machine));

describe('pinnableCpus()', () => {
  test('leaves out offline CPUs, and names the isolated ones', () => {
    const machine = {
      ...status('0-7'),
      '/sys/devices/system/cpu/online': '0-3,6\n',
      '/sys/devices/system/cpu/isolated': '2-3,5\n',
    };
    expect(pinnableCpus(filesOf(machine))).toEqual(available({ usable: [0, 1, 2, 3, 6], isolated: [2, 3] }));
  });

  test('takes an empty list for none, and missing lists for nothing special', () => {
    const machine = { ...status('0-1'), '/sys/devices/system/cpu/isolated': '\n' };
    expect(pinnableCpus(filesOf(machine))).toEqual(available({ usable: [0, 1], isolated: [] }));
    expect(pinnableCpus(filesOf(status('4')))).toEqual(available({ usable: [4], isolated: [] }));
  });
});

describe('quietestCpu()', () => {
  const zero = { busyTicks: 0, idleTicks: 0, stealTicks: 0 };
  const before = new Map<number, CpuTimes>([0, 1, 2, 3].map((cpu) => [cpu, zero]));
  const later = (...ticks: readonly (readonly [number, number, number])[]): Map<number, CpuTimes> =>
    new Map(
      ticks.map(([busyTicks, stealTicks, idleTicks], cpu) => [cpu, { busyTicks, stealTicks, idleTicks }]),
    );
  const choose = (times: Map<number, CpuTimes>, current = 0, isolated: number[] = []) =>
    quietestCpu({ usable: [...times.keys()], isolated }, before, times, current);

  test('takes the one with the least busy and stolen time', () => {
    expect(choose(later([5, 0, 5], [0, 4, 6], [1, 1, 8], [9, 0, 1]))).toEqual(
      available({ cpu: 2, rule: 'the least busy and stolen of 4 CPUs in a short look (20 %)' }),
    );
  });

  test('stays where the thread is among equals, else takes the first', () => {
    const equal = later([1, 0, 9], [1, 0, 9], [1, 0, 9]);
    expect(choose(equal, 1)).toMatchObject({ value: { cpu: 1 } });
    expect(choose(equal, 77)).toMatchObject({ value: { cpu: 0 } });
  });

  test('never takes an isolated one, and one without a row last', () => {
    const times = later([5, 0, 5], [0, 0, 10]);
    expect(choose(times, 0, [1])).toMatchObject({ value: { cpu: 0 } });
    expect(choose(times, 0, [0, 1])).toEqual(unavailable('no CPU is allowed, online and not isolated'));
    expect(quietestCpu({ usable: [0, 9], isolated: [] }, before, times, 9)).toMatchObject({
      value: { cpu: 0 },
    });
  });
});
