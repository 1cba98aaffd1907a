import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CGROUP_COUNTERS } from '../../src/counters/cgroup-throttling.ts';
import { machineOf, openGroup, plain, reasonOf } from './machines.ts';

const V2 = {
  '/proc/self/cgroup': '0::/slice/job\n',
  '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n',
  '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\n',
  '/sys/fs/cgroup/slice/cpu.stat': 'nr_periods 10\nnr_throttled 2\nthrottled_usec 7\n',
  '/sys/fs/cgroup/slice/job/cpu.stat': 'nr_periods 5\nnr_throttled 1\nthrottled_usec 3\n',
};

test('version 2: sums over the groups that can be throttled, µs as ns', () => {
  const machine = machineOf(V2);
  const source = openGroup(CGROUP_COUNTERS, machine);
  expect(plain(source.read())).toEqual({
    'cgroup:periods': 15,
    'cgroup:throttled_periods': 3,
    'cgroup:throttled_time': 10_000,
  });
  expect(source.counters[2]).toMatchObject({
    unit: 'ns',
    step: 1000,
    source: '/sys/fs/cgroup/slice/job/cpu.stat and of 1 groups around it, line throttled_usec',
  });
  writeFileSync(join(machine.root, 'sys/fs/cgroup/slice/cpu.stat'), 'nr_periods 10\n');
  expect(plain(source.read())).toMatchObject({
    'cgroup:periods': 15,
    'cgroup:throttled_time': expect.stringContaining('no such line'),
  });
  rmSync(join(machine.root, 'sys/fs/cgroup/slice/job/cpu.stat'));
  expect(plain(source.read())['cgroup:periods']).toContain('a control group is gone');
});

test('version 1 counts in ns', () => {
  const machine = machineOf({
    '/proc/self/cgroup': '1:cpu,cpuacct:/\n',
    '/proc/self/mountinfo': '31 25 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n',
    '/sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 4\nnr_throttled 3\nthrottled_time 123\n',
  });
  expect(plain(openGroup(CGROUP_COUNTERS, machine).read())['cgroup:throttled_time']).toBe(123);
});

test('no group with a quota, and no groups at all, are reasons', () => {
  const { '/proc/self/mountinfo': mounts } = V2;
  const root = {
    '/proc/self/cgroup': '0::/\n',
    '/proc/self/mountinfo': mounts,
    '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\n',
  };
  expect(reasonOf(CGROUP_COUNTERS, machineOf(root))).toMatch(/no control group of this process/);
  expect(reasonOf(CGROUP_COUNTERS, machineOf({}))).toBe('/proc/self/cgroup: ENOENT');
});
