import { expect, test } from 'vitest';
import { describeMemory } from '../../src/virt/memory.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { tableMachine } from './table-machine.ts';

const HUGE = '/sys/kernel/mm/hugepages';

test('describeMemory() tells size, nodes and pages', () => {
  const files = {
    '/proc/meminfo': 'MemTotal:       24684096 kB\nMemFree:        1 kB\n',
    '/sys/devices/system/node/online': '0-1,3\n',
    '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never\n',
    [`${HUGE}/hugepages-1048576kB/nr_hugepages`]: '0\n',
    [`${HUGE}/hugepages-2048kB/nr_hugepages`]: '512\n',
    [`${HUGE}/hugepages-64kB/nr_hugepages`]: '3\n',
    [`${HUGE}/else/nr_hugepages`]: '9\n',
  };
  expect(describeMemory(tableMachine({ files }))).toMatchObject({
    totalBytes: { value: 24684096 * 1024 },
    numaNodes: { value: 3 },
    transparentHugePages: { value: 'madvise' },
    reservedHugePages: { value: ['64 KiB: 3', '2 MiB: 512', '1 GiB: 0'] },
  });
});

test('describeMemory() gives reasons for what is missing or garbage', () => {
  for (const finding of Object.values(describeMemory(tableMachine({})))) {
    expect(finding).toMatchObject({ available: false, reason: expect.stringContaining('ENOENT') });
  }
  const garbage = '[\u001b[[x]'.repeat(1e5);
  const files = {
    '/proc/meminfo': garbage,
    '/sys/devices/system/node/online': garbage,
    '/sys/kernel/mm/transparent_hugepage/enabled': '[ALWAYS!]',
    [`${HUGE}/hugepages-2048kB/nr_hugepages`]: garbage,
  };
  for (const finding of Object.values(describeMemory(tableMachine({ files })))) {
    expect(finding.available).toBe(false);
  }
});

test('describeMemory() of this machine finds memory', () => {
  const { totalBytes } = describeMemory(thisMachine());
  expect(totalBytes.available && totalBytes.value).toBeGreaterThan(2 ** 26);
});
