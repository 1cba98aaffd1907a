import { expect, test } from 'vitest';
import { PROCESS_COUNTERS } from '../../src/counters/process-usage.ts';
import { machineOf, numberOf, openGroup, reasonOf } from './machines.ts';

test('page faults and CPU time of this process grow by what it does', () => {
  const source = openGroup(PROCESS_COUNTERS);
  const before = source.read();
  const startCpuUs = process.cpuUsage();
  const pages = 2000;
  const memory = new Uint8Array(pages * 4096);
  for (let page = 0; page < pages; page++) memory[page * 4096] = 1;
  for (let i = 0; i < 20; i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  const used = process.cpuUsage(startCpuUs);
  const after = source.read();
  const grown = (name: string): number =>
    numberOf(after, `process:${name}`) - numberOf(before, `process:${name}`);
  // Huge pages may serve many pages by one fault.
  expect(grown('minor_faults')).toBeGreaterThan(0);
  expect(grown('voluntary_switches')).toBeGreaterThanOrEqual(20);
  expect(grown('cpu_time')).toBeGreaterThanOrEqual(1000 * (used.user + used.system));
  for (const { name } of source.counters) {
    expect(numberOf(after, name)).toBeGreaterThanOrEqual(numberOf(before, name));
  }
});

test('a recording has no process', () => {
  expect(reasonOf(PROCESS_COUNTERS, machineOf({}))).toMatch(/running process/);
});
