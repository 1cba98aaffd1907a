import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import {
  openCpuacct,
  openDebug,
  openPreciseSteal,
  type PreciseSteal,
  parseSchedDebug,
  preciseStealBetween,
} from '../../src/timing/cpu-steal-precise.ts';
import { type MachineFiles, machineRoot } from './machine-fixture.ts';

const DEBUG = `Sched Debug Version: v0.11, 6.1.0
ktime                                   : 1626064.694231

cpu#0, 2596.150 MHz
  .nr_running                    : 9
  .clock                         : 1626063.925475
  .clock_task                    : 1624580.057407

cfs_rq[0]:/autogroup-15
  .load                          : 90891264

cpu#12
  .clock                         : 1000.000009
  .clock_task                    : 1000.000002
`;

const cpuacctMachine: MachineFiles = {
  '/proc/self/cgroup': '2:cpuacct:/docker/1\n',
  '/proc/self/mountinfo': '33 31 0:30 /docker/1 /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n',
  '/sys/fs/cgroup/cpuacct/cpuacct.usage_percpu': '5000 7000 \n',
  '/proc/stat': 'cpu0 0 0 0 100 5 0 0 0 0 0\ncpu1 0 0 0 200 0 0 0 0 0 0\n',
};

const filesOf = (machine: MachineFiles) => systemFiles(machineRoot(machine));

function found<T>(maybe: Available<T>): T {
  if (!maybe.available) throw new Error(maybe.reason);
  return maybe.value;
}

describe('parseSchedDebug()', () => {
  test('is clock − clock_task to the nanosecond, by CPU id', () => {
    expect(parseSchedDebug(DEBUG)).toEqual(
      available(
        new Map([
          [0, 1_483_868_068],
          [12, 7],
        ]),
      ),
    );
  });

  test('gives a reason for a kernel that shows no clocks', () => {
    expect(parseSchedDebug('cpu#0\n  .nr_running : 1\n').available).toBe(false);
  });
});

describe('openDebug()', () => {
  test('reads the file of newer kernels, and that of older ones', () => {
    expect(found(openDebug(filesOf({ '/sys/kernel/debug/sched/debug': DEBUG })))).toMatchObject({
      name: 'debugfs',
      meaning: 'charged',
      path: '/sys/kernel/debug/sched/debug',
    });
    const older = found(openDebug(filesOf({ '/proc/sched_debug': DEBUG })));
    expect(older.path).toBe('/proc/sched_debug');
    expect(found(older.read()).counterNs.get(12)).toBe(7);
  });

  test('says what root could do', () => {
    expect(openDebug(filesOf({}))).toMatchObject({
      reason: expect.stringMatching(/ENOENT.*root may mount debugfs/),
    });
  });
});

describe('openCpuacct()', () => {
  test('reads the outermost group that is mounted', () => {
    const reading = found(found(openCpuacct(filesOf(cpuacctMachine))).read());
    expect([...reading.counterNs]).toEqual([
      [0, 5000],
      [1, 7000],
    ]);
    expect(reading.times.get(0)?.idleTicks).toBe(105);
  });

  test('needs version 1', () => {
    const v2 = {
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': '33 31 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
    };
    expect(openCpuacct(filesOf(v2))).toEqual(unavailable('control groups of version 2 do not count per CPU'));
  });
});

describe('openPreciseSteal()', () => {
  test('prefers the debug file, and names every reason where there is nothing', () => {
    const both = filesOf({ ...cpuacctMachine, '/proc/sched_debug': DEBUG });
    expect(found(openPreciseSteal(both)).name).toBe('debugfs');
    expect(found(openPreciseSteal(filesOf(cpuacctMachine)))).toMatchObject({ meaning: 'ceiling' });
    expect(openPreciseSteal(filesOf({}))).toMatchObject({
      reason: expect.stringMatching(/sched_debug.*cgroup/),
    });
  });
});

describe('preciseStealBetween()', () => {
  const reading = (atNs: number, counterNs: number, idleTicks = 0) => ({
    atNs,
    counterNs: new Map([[1, counterNs]]),
    times: new Map([[1, { busyTicks: 0, idleTicks, stealTicks: 0 }]]),
  });
  const debug: Pick<PreciseSteal, 'meaning'> = { meaning: 'charged' };
  const cpuacct: Pick<PreciseSteal, 'meaning'> = { meaning: 'ceiling' };

  test('is the difference of what was charged', () => {
    expect(preciseStealBetween(debug, reading(0, 40), reading(100, 70), 1)).toEqual(available(30));
    expect(preciseStealBetween(debug, reading(0, 40), reading(100, 30), 1).available).toBe(false);
  });

  test('is what tasks left of the wall time, on a CPU that was never idle', () => {
    expect(preciseStealBetween(cpuacct, reading(0, 40), reading(100, 130), 1)).toEqual(available(10));
    expect(preciseStealBetween(cpuacct, reading(0, 40, 5), reading(100, 130, 8), 1)).toEqual(
      unavailable('CPU 1 was idle for 3 ticks: time without a task is not steal'),
    );
  });

  test('needs the CPU in both readings', () => {
    expect(preciseStealBetween(debug, reading(0, 1), reading(1, 1), 2)).toEqual(
      unavailable('CPU 2 is not in both readings'),
    );
  });
});

const child = fileURLToPath(new URL('../fixtures/children/precise-steal.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/timing/cpu-steal-precise.js', import.meta.url)));

/** Runs the child where debugfs is mounted for it alone. */
function runWithDebugfs() {
  const mount = 'mount -t debugfs none /sys/kernel/debug && exec "$@"';
  return spawnSync('unshare', ['-m', 'sh', '-c', mount, 'sh', process.execPath, child], { encoding: 'utf8' });
}

test.skipIf(!built)('the debug file of this machine shows no more steal than /proc/stat', ({ skip }) => {
  const { status, stdout, stderr } = runWithDebugfs();
  if (status !== 0) return skip(`debugfs cannot be mounted here: ${stderr}`);
  const { name, costNs, cpus } = JSON.parse(stdout) as {
    name: string;
    costNs: number;
    cpus: { preciseNs: Available<number>; tickNs: number }[];
  };
  expect(name).toBe('debugfs');
  expect(costNs).toBeGreaterThan(1e3);
  for (const { preciseNs, tickNs } of cpus) {
    // /proc/stat is read around it; it shows whole ticks, and both may lag behind by a timer tick.
    expect(found(preciseNs)).toBeGreaterThanOrEqual(0);
    expect(found(preciseNs)).toBeLessThan(tickNs + 2e7);
  }
});
