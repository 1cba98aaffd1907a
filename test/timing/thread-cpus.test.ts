import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { allowedCpus, formatCpuList, parseCpuList } from '../../src/timing/thread-cpus.ts';

test('parseCpuList() expands ranges', () => {
  expect(parseCpuList('0-2,5,7-8')).toEqual(available([0, 1, 2, 5, 7, 8]));
});

test('parseCpuList() refuses what is no list', () => {
  expect(parseCpuList('0-')).toMatchObject({ available: false, reason: expect.stringContaining('"0-"') });
});

test('parseCpuList() refuses a range that no machine has', () => {
  expect(parseCpuList('0-4294967295')).toEqual(unavailable('CPU list: it names too many CPUs'));
  expect(parseCpuList('0-40000,0-40000').available).toBe(false);
});

test('allowedCpus() names the CPUs of this thread', () => {
  const cpus = allowedCpus(systemFiles());
  expect(cpus.available && cpus.value.length).toBeGreaterThan(0);
});

test.each(['0', '0-2,5', '1,3,5-7', ''])('formatCpuList() writes what parseCpuList() reads: "%s"', (list) => {
  const cpus = list === '' ? available([]) : parseCpuList(list);
  expect(cpus.available && formatCpuList(cpus.value)).toBe(list);
});
