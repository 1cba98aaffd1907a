import { expect, test } from 'vitest';
import { groupReason, PERF_HARDWARE_COUNTERS } from '../../src/counters/perf-hardware.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { none } from '../timing/cpuid-fixture.ts';
import { bareMetal, debianKvm } from '../timing/machine-fixture.ts';
import { machineOf, numberOf, openGroup, reasonOf } from './machines.ts';

const refusal = (error: string): { error: string; reason: string } => ({ error, reason: `it said ${error}` });

test('that there is no unit, that it is forbidden, and that it does not count are told apart', () => {
  const absent = [refusal('ENOENT'), refusal('ENOENT')];
  expect(groupReason(absent, machineOf(debianKvm))).toBe(
    'the hypervisor offers no PMU: perf_event_open: ENOENT for each of 2 events',
  );
  expect(groupReason([refusal('EOPNOTSUPP'), ...absent], machineOf(bareMetal))).toBe(
    'the kernel has no driver for a PMU: perf_event_open: EOPNOTSUPP, ENOENT for each of 3 events',
  );
  expect(groupReason([...absent, refusal('EACCES')], machineOf(debianKvm))).toBe(
    'whether there is a PMU is not known: it said EACCES',
  );
  expect(groupReason([refusal(''), ...absent], machineOf(debianKvm))).toBe('it said ');
});

test('a recording tells what its machine says of a unit', () => {
  const leaves = { 0: { ...none, eax: 0x16 }, 10: { ...none, eax: 0x0730_0404 } };
  expect(reasonOf(PERF_HARDWARE_COUNTERS, machineOf(debianKvm, leaves))).toBe(
    'events are counted on a running machine, not in a recording (CPUID 0xa: architectural performance monitoring, version 4, 4 counters)',
  );
});

test('on this machine instructions are counted, or there is one reason', () => {
  const reason = reasonOf(PERF_HARDWARE_COUNTERS, thisMachine());
  if (reason !== undefined) {
    console.warn(`perf-hardware: nothing can be counted on this machine: ${reason}`);
    expect(reason).toMatch(/PMU|perf_event_open|does not count|koffi|threads/);
    return;
  }
  using source = openGroup(PERF_HARDWARE_COUNTERS);
  const before = source.read();
  for (let i = 0, x = 0; i < 1e6; i++) x = (x + i) | 0;
  const after = source.read();
  const name = 'perf-hardware:instructions';
  expect(numberOf(after, name) - numberOf(before, name)).toBeGreaterThan(1e6);
});
