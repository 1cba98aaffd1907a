// CPUs that are taken away and come back between two readings, as files of a machine: /proc/stat loses a row, affinity and
// the list of CPUs change, and counters of a CPU that came back begin anew.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { counterChanges } from '../../src/counters/counter-change.ts';
import { INTERRUPT_COUNTERS } from '../../src/counters/interrupts.ts';
import { STEAL_COUNTERS } from '../../src/counters/steal.ts';
import { countCaseSteal } from '../../src/timing/count-case-steal.ts';
import { parseCpuTimes } from '../../src/timing/cpu-times.ts';
import { pinnableCpus, quietestCpu } from '../../src/timing/quiet-cpu.ts';
import { machineOf, openGroup } from '../counters/machines.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** Rows of /proc/stat by CPU: ticks of user, idle and steal. */
type Rows = Readonly<Record<number, readonly [user: number, idle: number, steal: number]>>;

function stat(rows: Rows): string {
  const row = (name: string, [user, idle, steal]: readonly number[]): string =>
    `${name} ${user} 0 0 ${idle} 0 0 0 ${steal} 0 0\n`;
  const all = Object.values(rows);
  const sum = [0, 1, 2].map((at) => all.reduce((total, row) => total + (row[at] as number), 0));
  return (
    row('cpu ', sum) +
    Object.entries(rows)
      .map(([cpu, numbers]) => row(`cpu${cpu}`, numbers))
      .join('')
  );
}

/** The machine as it is from now on. */
function become(rows: Rows, allowed: string, online: string, root: string = folder.path): void {
  const files = {
    'proc/stat': stat(rows),
    'proc/thread-self/status': `Cpus_allowed_list:\t${allowed}\n`,
    'sys/devices/system/cpu/online': `${online}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const BOTH: Rows = { 0: [100, 900, 10], 1: [200, 800, 50] };

describe('a CPU that is unplugged during a case', () => {
  it('leaves steal without a ceiling, and the other CPU its own', () => {
    become(BOTH, '0-1', '0-1');
    const end = countCaseSteal(systemFiles(folder.path));
    become({ 0: [110, 950, 12] }, '0-1', '0');
    const steal = end();
    expect(steal).toMatchObject({
      value: {
        perCpu: [
          { cpu: 0, deltaNs: { value: 20e6 } },
          { cpu: 1, deltaNs: { reason: 'CPU 1 was not online after the case' } },
        ],
        ceilingNs: { available: false, reason: 'CPU 1 was not online after the case' },
      },
    });
  });

  it('is no CPU of a thread whose affinity lost it', () => {
    become(BOTH, '0-1', '0-1');
    const end = countCaseSteal(systemFiles(folder.path));
    become({ 0: [110, 950, 12] }, '0', '0');
    expect(end()).toMatchObject({ value: { ceilingNs: { value: 30e6 } } });
  });

  it('has no ceiling when it came, or came back with its counters at their beginning', () => {
    become({ 0: [100, 900, 10] }, '0-1', '0');
    const endOfCome = countCaseSteal(systemFiles(folder.path));
    become(BOTH, '0-1', '0-1');
    expect(endOfCome()).toMatchObject({
      value: { ceilingNs: { reason: 'CPU 1 was not online before the case' } },
    });
    const endOfReset = countCaseSteal(systemFiles(folder.path));
    become({ 0: [110, 950, 12], 1: [1, 2, 3] }, '0-1', '0-1');
    expect(endOfReset()).toMatchObject({
      value: {
        perCpu: [{ deltaNs: { value: 20e6 } }, { deltaNs: { value: 0 }, ranBackwards: true }],
        ceilingNs: { reason: 'the steal counter of CPU 1 ran backwards' },
      },
    });
  });
});

describe('a CPU that is unplugged while a quiet one is looked for', () => {
  const looked = (later: Rows): ReturnType<typeof quietestCpu> => {
    const [before, after] = [parseCpuTimes(stat(BOTH)), parseCpuTimes(stat(later))];
    const cpus = pinnableCpus(systemFiles(folder.path));
    if (!before.available || !after.available || !cpus.available) throw new Error('the fixture is broken');
    return quietestCpu(cpus.value, before.value, after.value, 1);
  };

  it('is taken last, also when its counters began anew', () => {
    become(BOTH, '0-1', '0-1');
    expect(looked({ 0: [109, 901, 10] })).toMatchObject({ value: { cpu: 0 } });
    expect(looked({ 0: [101, 999, 10], 1: [1, 2, 0] })).toMatchObject({ value: { cpu: 0 } });
  });

  it('cannot be pinned to any more, though the affinity still names it', () => {
    become(BOTH, '0-1', '0');
    expect(pinnableCpus(systemFiles(folder.path))).toMatchObject({ value: { usable: [0] } });
  });
});

describe('counters of a machine whose CPUs change', () => {
  it('keep the total of steal, and give a reason for the CPU that went and for the one that began anew', () => {
    const machine = machineOf({ '/proc/stat': stat(BOTH) });
    const source = openGroup(STEAL_COUNTERS, machine);
    const before = source.read();
    const changes = (rows: Rows): Record<string, unknown> => {
      writeFileSync(join(machine.root, 'proc/stat'), stat(rows));
      const found = counterChanges(source.counters, before, source.read());
      return Object.fromEntries(
        found.map(({ name, change }) => [name, change.available ? change.value : change.reason]),
      );
    };
    expect(changes({ 0: [110, 950, 12] })).toMatchObject({
      'steal:cpu0': 20e6,
      'steal:cpu1': '/proc/stat: the CPU is offline',
    });
    expect(changes({ 0: [110, 950, 12], 1: [1, 2, 3] })).toMatchObject({
      'steal:cpu0': 20e6,
      'steal:cpu1': expect.stringMatching(/\S/),
    });
  });

  it('do not add up the interrupts of other CPUs than at the beginning', () => {
    const both = '           CPU0       CPU1\nLOC:  100  200  Local timer interrupts\n';
    const machine = machineOf({ '/proc/interrupts': both });
    const source = openGroup(INTERRUPT_COUNTERS, machine);
    writeFileSync(
      join(machine.root, 'proc/interrupts'),
      '           CPU0\nLOC:  150  Local timer interrupts\n',
    );
    expect([...source.read().values()]).toEqual([
      { available: false, reason: '/proc/interrupts: other CPUs are online than at the beginning' },
    ]);
  });
});
