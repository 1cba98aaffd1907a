import { describe, expect, test } from 'vitest';
import { readCgroupLimits } from '../../src/virt/cgroup-limits.ts';
import { tableMachine } from './table-machine.ts';

const V2 = {
  '/proc/self/cgroup': '0::/kubepods/pod1/app\n',
  '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  '/proc/meminfo': 'MemTotal:        8388608 kB\n',
  '/sys/fs/cgroup/cgroup.procs': '',
  '/sys/fs/cgroup/cpu.stat': 'usage_usec 5\n',
};
const POD = '/sys/fs/cgroup/kubepods/pod1';
const V1 = {
  '/proc/self/cgroup': '4:memory:/a\n2:cpu,cpuacct:/b\n',
  '/proc/self/mountinfo':
    '1 2 0:3 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n1 2 0:4 / /cg/memory rw - cgroup cgroup rw,memory\n',
  '/proc/meminfo': 'MemTotal:        8388608 kB\n',
  '/cg/cpu/release_agent': '',
};

const limits = (files: Record<string, string>) => readCgroupLimits(tableMachine({ files }).files);

describe('readCgroupLimits()', () => {
  test('takes the tightest quota and limit of version 2 over all ancestors', () => {
    const found = limits({
      ...V2,
      [`${POD}/app/cpu.max`]: 'max 100000\n',
      [`${POD}/cpu.max`]: '150000 100000\n',
      '/sys/fs/cgroup/kubepods/cpu.max': '800000 100000\n',
      [`${POD}/app/cpu.stat`]: 'usage_usec 9\nnr_periods 40\nnr_throttled 3\nthrottled_usec 250\n',
      [`${POD}/cpu.stat`]: 'nr_throttled 4\nthrottled_usec 1000\n',
      [`${POD}/app/memory.max`]: '1073741824\n',
      [`${POD}/memory.max`]: 'max\n',
    });
    expect(found).toEqual({
      cpuQuota: {
        available: true,
        value: 1.5,
        source: `${POD}/cpu.max: 150000 µs of every 100000 µs`,
        confidence: 'certain',
      },
      throttledNs: {
        available: true,
        value: 1_250_000,
        source: `${POD}/app/cpu.stat and of 1 further out: throttled_usec`,
        confidence: 'certain',
      },
      throttledPeriods: expect.objectContaining({ value: 7 }),
      memoryLimitBytes: {
        available: true,
        value: 2 ** 30,
        source: `${POD}/app/memory.max`,
        confidence: 'certain',
      },
    });
  });

  test('reads version 1, each controller in its own group', () => {
    const found = limits({
      ...V1,
      '/cg/cpu/b/cpu.cfs_quota_us': '50000\n',
      '/cg/cpu/b/cpu.cfs_period_us': '100000\n',
      '/cg/cpu/cpu.cfs_quota_us': '-1\n',
      '/cg/cpu/cpu.cfs_period_us': '100000\n',
      '/cg/cpu/b/cpu.stat': 'nr_periods 9\nnr_throttled 2\nthrottled_time 12345\n',
      '/cg/memory/a/memory.limit_in_bytes': '536870912\n',
      '/cg/memory/memory.limit_in_bytes': '9223372036854771712\n',
    });
    expect(found).toMatchObject({
      cpuQuota: { value: 0.5 },
      throttledNs: { value: 12_345 },
      throttledPeriods: { value: 2 },
      memoryLimitBytes: { value: 2 ** 29, source: '/cg/memory/a/memory.limit_in_bytes' },
    });
  });

  test('takes a limit at or above the memory of the machine for none', () => {
    const least = (bytes: string, meminfo = V1['/proc/meminfo']) =>
      limits({ ...V1, '/proc/meminfo': meminfo, '/cg/memory/a/memory.limit_in_bytes': bytes })
        .memoryLimitBytes;
    expect(least('8589934592\n').available).toBe(false);
    expect(least('8589934591\n').available).toBe(true);
    // With pages of 4 KiB and of 64 KiB, where nobody knows how much memory there is.
    expect(least('9223372036854771712\n', '').available).toBe(false);
    expect(least('9223372036854710272\n', '').available).toBe(false);
  });

  test('says that nothing is limited, and whether it sees everything', () => {
    const none = 'no control group of this process';
    expect(limits(V1).cpuQuota).toEqual({ available: false, reason: `${none} has a CPU quota` });
    expect(limits(V1).throttledPeriods).toEqual({
      available: false,
      reason: `${none} counts nr_throttled`,
    });
    const container = limits({ ...V2, '/sys/fs/cgroup/cgroup.type': 'domain\n' });
    expect(container.cpuQuota).toMatchObject({ reason: `${none} that is visible from here has a CPU quota` });
  });

  test.each(['0 0', '100000', '-1 100000', 'max', '', '1e9 5', '99999999999999999 1'])(
    'takes no quota from "%s"',
    (text) => {
      expect(limits({ ...V2, [`${POD}/cpu.max`]: text }).cpuQuota.available).toBe(false);
    },
  );
});
