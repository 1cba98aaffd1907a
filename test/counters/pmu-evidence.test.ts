import { expect, test } from 'vitest';
import { pmuEvidence } from '../../src/counters/pmu-evidence.ts';
import { hypervisorBit, none } from '../timing/cpuid-fixture.ts';
import { machineOf } from './machines.ts';

const devices = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`/sys/bus/event_source/devices/${name}/type`, '1\n']));

test('an Intel CPU with a unit', () => {
  const leaves = { 0: { ...none, eax: 0x16 }, 10: { ...none, eax: 0x0730_0404 } };
  expect(pmuEvidence(machineOf(devices('cpu', 'software'), leaves))).toEqual([
    'CPUID 0xa: architectural performance monitoring, version 4, 4 counters',
    '/sys/bus/event_source/devices: cpu',
  ]);
});

test('an AMD CPU in a guest without one', () => {
  const leaves = {
    0: { ...none, eax: 0x10 },
    2147483648: { ...none, eax: 0x80000022 },
    2147483649: { ...none, ecx: 1 << 23 },
  };
  expect(pmuEvidence(machineOf(devices('software', 'breakpoint'), leaves))).toEqual([
    'CPUID 0xa: no architectural performance monitoring',
    'CPUID 0x80000001: PerfCtrExtCore',
    'CPUID 0x80000022: no PerfMonV2',
    '/sys/bus/event_source/devices: none of a CPU',
  ]);
});

test('Hyper-V is asked only where it speaks', () => {
  const leaves = {
    ...hypervisorBit,
    1073741825: { ...none, eax: 0x31237648 },
    1073741827: { ...none, edx: 1 << 2 },
  };
  expect(pmuEvidence(machineOf({}, leaves))).toEqual([
    'CPUID 0x40000003: Hyper-V offers performance monitoring',
  ]);
  expect(pmuEvidence(machineOf({}, { 1073741825: leaves[0x40000001] }))).toEqual([]);
});

test('leaves that a CPU does not have are not asked, and an Arm machine is known by its driver', () => {
  expect(pmuEvidence(machineOf({}, { 0: { ...none, eax: 5 }, 10: { ...none, eax: 0x404 } }))).toEqual([]);
  expect(pmuEvidence(machineOf(devices('armv8_pmuv3_0', 'smmuv3_pmcg')))).toEqual([
    '/sys/bus/event_source/devices: armv8_pmuv3_0',
  ]);
});
