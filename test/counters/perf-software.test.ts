import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { PERF_SOFTWARE_COUNTERS } from '../../src/counters/perf-software.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { machineOf, numberOf, openGroup, plain, reasonOf } from './machines.ts';

const reason = reasonOf(PERF_SOFTWARE_COUNTERS, thisMachine());
if (reason !== undefined) console.warn(`perf-software: tests of this machine are skipped: ${reason}`);

test('events are not opened for a recording, and say what they disturb', () => {
  expect(reasonOf(PERF_SOFTWARE_COUNTERS, machineOf({}))).toMatch(/not in a recording/);
  expect(PERF_SOFTWARE_COUNTERS.disturbs).toContain('context switch');
});

test.skipIf(reason !== undefined)(
  'counts agree with what getrusage(2) tells of the process, and nothing stays open',
  () => {
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const open = descriptors();
    {
      using source = openGroup(PERF_SOFTWARE_COUNTERS);
      expect(source.slow).toBe(false);
      const usageBefore = process.resourceUsage();
      const before = source.read();
      const memory = new Uint8Array(32 * 2 ** 20);
      for (let at = 0; at < memory.length; at += 4096) memory[at] = 1;
      for (let i = 0; i < 20; i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      const after = source.read();
      const usageAfter = process.resourceUsage();
      const grown = (name: string): number =>
        numberOf(after, `perf-software:${name}`) - numberOf(before, `perf-software:${name}`);
      const faults = usageAfter.minorPageFault - usageBefore.minorPageFault;
      expect(grown('page-faults')).toBeGreaterThan(0);
      expect(grown('page-faults')).toBeLessThanOrEqual(faults + usageAfter.majorPageFault);
      expect(grown('task-clock')).toBeGreaterThan(0);
      const switches = after.get('perf-software:context-switches');
      if (switches?.available === true) {
        const voluntary = usageAfter.voluntaryContextSwitches - usageBefore.voluntaryContextSwitches;
        const involuntary = usageAfter.involuntaryContextSwitches - usageBefore.involuntaryContextSwitches;
        expect(grown('context-switches')).toBeGreaterThanOrEqual(20);
        expect(grown('context-switches')).toBeLessThanOrEqual(voluntary + involuntary + 1);
      } else expect(switches?.reason).toContain('it would always be 0');
    }
    expect(descriptors()).toBe(open);
  },
);

/** Opens the group as the user nobody; what native code needs is loaded while it can be read. */
const AS_NOBODY = `
const { PERF_SOFTWARE_COUNTERS } = await import(process.argv[1]);
const { thisMachine } = await import(process.argv[2]);
const machine = thisMachine();
process.setgroups([]); process.setgid(65534); process.setuid(65534);
const opened = PERF_SOFTWARE_COUNTERS.open({ machine, devices: [] });
if (!opened.available) throw new Error(opened.reason);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
console.log(JSON.stringify([...opened.value.read()]));
`;

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('perf-software: the test as nobody is skipped: only root can become nobody');

test.skipIf(!isRoot || reason !== undefined)('nobody is told no 0 of what happens in the kernel', () => {
  const url = (path: string): string => pathToFileURL(`dist/${path}`).href;
  const child = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', AS_NOBODY, url('counters/perf-software.js'), url('virt/open-machine.js')],
    { encoding: 'utf8' },
  );
  expect(child.stderr).toBe('');
  const readings = plain(new Map(JSON.parse(child.stdout)));
  expect(readings['perf-software:task-clock']).toBeGreaterThan(0);
  expect(readings['perf-software:page-faults']).toBeGreaterThan(0);
  for (const name of ['context-switches', 'cpu-migrations', 'cgroup-switches']) {
    const reading = readings[`perf-software:${name}`];
    // Root in a permissive machine may have made a level below 2 that allows it.
    if (typeof reading === 'string') expect(reading).toMatch(/always be 0|ENOENT/);
    else expect(name === 'context-switches' ? reading : 1).toBeGreaterThan(0);
  }
});
