import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { openThrottling, readThrottledNs, throttledWithin } from '../../src/timing/throttling.ts';
import { type MachineFiles, machineRoot } from './machine-fixture.ts';

const v1Stat = (throttledNs: number): string =>
  `nr_periods 10\nnr_throttled 4\nthrottled_time ${throttledNs}\nnr_bursts 0\nburst_time 0\n`;
const v2Stat = (throttledUs: number): string =>
  `usage_usec 9\nuser_usec 8\nsystem_usec 1\nnr_periods 2\nnr_throttled 1\nthrottled_usec ${throttledUs}\nnr_bursts 0\n`;

const v1Machine: MachineFiles = {
  '/proc/self/cgroup': '4:cpu,cpuacct:/outer/inner\n',
  '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n',
  '/sys/fs/cgroup/cpu/outer/inner/cpu.stat': v1Stat(1_234_567),
  '/sys/fs/cgroup/cpu/outer/inner/tasks': '',
  '/sys/fs/cgroup/cpu/outer/cpu.stat': v1Stat(1_000_000),
  '/sys/fs/cgroup/cpu/cpu.stat': v1Stat(0),
  '/sys/fs/cgroup/cpu/release_agent': '',
};

const v2Machine: MachineFiles = {
  '/proc/self/cgroup': '0::/user.slice/run.scope\n',
  '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  '/sys/fs/cgroup/user.slice/run.scope/cpu.stat': v2Stat(1500),
  '/sys/fs/cgroup/user.slice/run.scope/cgroup.type': 'domain\n',
  '/sys/fs/cgroup/user.slice/cpu.stat': v2Stat(0),
  '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\nuser_usec 8\nsystem_usec 1\n',
};

function opened(files: MachineFiles) {
  const root = machineRoot(files);
  const source = openThrottling(root);
  if (!source.available) throw new Error(source.reason);
  return { root, source: source.value };
}

describe('openThrottling()', () => {
  test('adds up the group and its ancestors in version 1', () => {
    using source = opened(v1Machine).source;
    expect(source).toMatchObject({ version: 'v1', resolutionNs: 1, ancestorsHidden: false });
    expect(source.paths).toEqual([
      '/sys/fs/cgroup/cpu/outer/inner/cpu.stat',
      '/sys/fs/cgroup/cpu/outer/cpu.stat',
      '/sys/fs/cgroup/cpu/cpu.stat',
    ]);
    expect(source.readNs()).toBe(2_234_567);
  });

  test('counts µs in version 2, and passes over the root, which has no quota', () => {
    using source = opened(v2Machine).source;
    expect(source).toMatchObject({ version: 'v2', resolutionNs: 1000, ancestorsHidden: false });
    expect(source.paths.length).toBe(2);
    expect(source.readNs()).toBe(1_500_000);
  });

  test('reads anew each time from the file that it keeps open', () => {
    const { root, source } = opened(v2Machine);
    writeFileSync(join(root, '/sys/fs/cgroup/user.slice/run.scope/cpu.stat'), v2Stat(2500));
    expect(source.readNs()).toBe(2_500_000);
    source[Symbol.dispose]();
  });

  test('knows in a container that there are groups further out', () => {
    using source = opened({
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
      '/sys/fs/cgroup/cpu.stat': v2Stat(77),
      '/sys/fs/cgroup/cgroup.type': 'domain\n',
    }).source;
    expect(source.ancestorsHidden).toBe(true);
    expect(source.readNs()).toBe(77_000);
  });

  test('is 0 where no group can be throttled', () => {
    using source = opened({
      '/proc/self/cgroup': '1:cpuset:/\n0::/\n',
      '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n',
      '/sys/fs/cgroup/unified/cpu.stat': 'usage_usec 9\n',
    }).source;
    expect(source.paths).toEqual([]);
    expect(source.readNs()).toBe(0);
  });

  test('gives a reason without control groups, and where the group is not there', () => {
    expect(openThrottling(machineRoot({}))).toEqual(unavailable('/proc/self/cgroup: ENOENT'));
    const gone = machineRoot({
      '/proc/self/cgroup': '0::/gone\n',
      '/proc/self/mountinfo': '32 31 0:29 / /c rw - cgroup2 cgroup2 rw\n',
    });
    expect(openThrottling(gone)).toEqual(unavailable('/c/gone/cpu.stat: ENOENT'));
  });

  test('says that a counter is gone instead of 0', () => {
    const { root, source } = opened(v2Machine);
    const path = join(root, '/sys/fs/cgroup/user.slice/run.scope/cpu.stat');
    writeFileSync(path, '');
    expect(source.readNs()).toBeNaN();
    rmSync(path);
    source[Symbol.dispose]();
  });
});

test('readThrottledNs() reads this machine or says why not', () => {
  const throttledNs = readThrottledNs();
  if (throttledNs.available) expect(throttledNs.value).toBeGreaterThanOrEqual(0);
  else expect(throttledNs.reason).toMatch(/\S/);
  expect(readThrottledNs(machineRoot(v1Machine))).toEqual(available(2_234_567));
});

describe('throttledWithin()', () => {
  test('splits the wait, and never finds more throttling than waiting', () => {
    expect(throttledWithin(100, 130, 50)).toEqual(available({ throttledNs: 30, queueNs: 20 }));
    expect(throttledWithin(100, 180, 50)).toEqual(available({ throttledNs: 50, queueNs: 0 }));
    expect(throttledWithin(100, 180, 0)).toEqual(available({ throttledNs: 0, queueNs: 0 }));
  });

  test('gives a reason for counters that vanish or run backwards', () => {
    expect(throttledWithin(1, Number.NaN, 50)).toEqual(unavailable('a control group is gone'));
    expect(throttledWithin(2, 1, 50)).toMatchObject({ reason: expect.stringContaining('ran backwards') });
  });
});
