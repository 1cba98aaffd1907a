import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KERNEL_COUNTERS } from '../../src/counters/kernel-events.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { machineOf, numberOf, openGroup, plain, reasonOf } from './machines.ts';

const STAT = 'cpu  1 2 3 4 5 6 7 8\nintr 97 1 2 3\nctxt 479\nprocesses 12\nsoftirq 5 0 1\n';

test('the numbers are those behind the words, and only lines that there are become counters', () => {
  const machine = machineOf({ '/proc/stat': STAT, '/proc/vmstat': 'pgfault 8\npgfaulty 7\noom_kill 1' });
  const source = openGroup(KERNEL_COUNTERS, machine);
  expect(plain(source.read())).toEqual({
    'kernel:context_switches': 479,
    'kernel:interrupts': 97,
    'kernel:soft_interrupts': 5,
    'kernel:forks': 12,
    'kernel:page_faults': 8,
    'kernel:out_of_memory_kills': 1,
  });
  writeFileSync(join(machine.root, 'proc/vmstat'), 'pgfault many\n');
  expect(plain(source.read())).toMatchObject({
    'kernel:forks': 12,
    'kernel:page_faults': '/proc/vmstat, line pgfault: gone, or no number',
  });
});

test('one file is enough, and none is a reason', () => {
  expect(plain(openGroup(KERNEL_COUNTERS, machineOf({ '/proc/vmstat': 'pgfault 8' })).read())).toEqual({
    'kernel:page_faults': 8,
  });
  expect(reasonOf(KERNEL_COUNTERS, machineOf({ '/proc/stat': '\0\n'.repeat(1000) }))).toBe(
    '/proc/stat: no line known; /proc/vmstat: ENOENT',
  );
});

const here = reasonOf(KERNEL_COUNTERS, thisMachine());
if (here !== undefined) console.warn(`kernel: the test of this machine is skipped: ${here}`);

test.skipIf(here !== undefined)('on this machine they grow', () => {
  const source = openGroup(KERNEL_COUNTERS);
  const before = source.read();
  for (let i = 0; i < 5; i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  const after = source.read();
  const name = 'kernel:context_switches';
  expect(numberOf(after, name)).toBeGreaterThan(numberOf(before, name));
});
