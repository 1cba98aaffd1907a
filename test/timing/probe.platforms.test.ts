// The probe on the platforms that people really have, each with the CPUID that its hypervisor shows.
import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { CpuidRegisters } from '../../src/timing/cpuid.ts';
import { fact } from '../../src/timing/fact.ts';
import { probeTiming } from '../../src/timing/probe.ts';
import { cpuidOf, hypervisorBit, named, none } from './cpuid-fixture.ts';
import {
  container,
  debianKvm,
  hyperV,
  type MachineFiles,
  machineRoot,
  namelessGvisor,
  procStat,
  vmware,
  wsl2,
} from './machine-fixture.ts';

function probe(files: MachineFiles, leaves: Readonly<Record<number, CpuidRegisters>>) {
  return probeTiming({
    root: machineRoot(files),
    cpuid: available(cpuidOf({ ...hypervisorBit, ...leaves })),
  });
}

const hyperVLeaves = { 1073741824: named('Microsoft Hv') };
const vmwareLeaves = { 1073741824: named('VMwareVMware') };

describe('probeTiming() on platforms', () => {
  test.each([
    ['Hyper-V', hyperV],
    ['WSL2', wsl2],
  ])('finds tier C on %s: it has no steal clock', (_, files) => {
    expect(probe(files, hyperVLeaves).verdict).toMatchObject({
      tier: 'C',
      reason: 'CPUID: Microsoft Hv has no steal clock',
      stealBound: expect.stringContaining('unknown'),
    });
  });

  test('finds the steal clock of KVM that presents itself as Hyper-V, in its second set of leaves', () => {
    const leaves = { ...hyperVLeaves, 1073742080: named('KVMKVMKVM'), 1073742081: { ...none, eax: 0x20 } };
    const { capabilities, verdict } = probe({ ...debianKvm, '/proc/stat': procStat(0, 0) }, leaves);
    expect(capabilities.stealClock).toEqual(fact(true, 'CPUID: KVM offers its steal clock'));
    expect(verdict.tier).toBe('B');
  });

  test('finds tier A on VMware once steal was counted, and does not guess before', () => {
    expect(probe({ ...vmware, '/proc/stat': procStat(3, 0) }, vmwareLeaves).verdict).toMatchObject({
      tier: 'A',
      reason: expect.stringContaining('3 ticks of steal since boot'),
    });
    expect(probe(vmware, vmwareLeaves).verdict).toMatchObject({
      tier: 'C',
      reason: expect.stringContaining('whether VMwareVMware has a steal clock is not known'),
    });
  });

  test('finds tier D in a gVisor that does not name itself, for want of schedstat', () => {
    expect(probe(namelessGvisor, {}).verdict).toMatchObject({
      tier: 'D',
      reason: '/proc/thread-self/schedstat: ENOENT',
    });
  });

  test('counts the steal of the CPUs that are online, by their ids', () => {
    const stat = 'cpu  9 0 0 9 0 0 0 7 0 0\ncpu0 9 0 0 9 0 0 0 3 0 0\ncpu5 9 0 0 9 0 0 0 4 0 0\n';
    expect(probe({ ...debianKvm, '/proc/stat': stat }, {}).capabilities.stealClock).toEqual(
      fact(true, '/proc/stat: 7 ticks of steal since boot'),
    );
  });
});

describe('probeTiming() where no kernel configuration can be read', () => {
  const observing = (files: MachineFiles, observed: ReturnType<typeof fact<boolean>> | undefined) => {
    let watched = 0;
    const { capabilities, verdict } = probeTiming({
      root: machineRoot(files),
      observe: () => {
        watched++;
        return observed ?? unavailable('too little steal to judge by');
      },
    });
    return { watched, verdict, observed: capabilities.paravirtTimeAccountingObserved };
  };

  test('lets the behaviour decide', () => {
    expect(observing(container, fact(true, 'observed: x'))).toMatchObject({
      watched: 1,
      verdict: { tier: 'A', reason: expect.stringContaining('observed: x') },
    });
    expect(observing(container, fact(false, 'observed: x')).verdict.tier).toBe('B');
    expect(observing(container, undefined).verdict).toMatchObject({
      tier: 'B',
      title: 'steal in ticks only, CPU time may include it',
      reason: expect.stringMatching(/no kernel configuration.*too little steal/),
    });
  });

  test('watches nothing without steal since boot, and nothing where the configuration tells', () => {
    const unstolen = { ...container, '/proc/stat': procStat(0, 0) };
    expect(observing(unstolen, fact(true, ''))).toMatchObject({
      watched: 0,
      observed: { reason: 'not watched: /proc/stat: no steal since boot' },
    });
    expect(observing(debianKvm, fact(true, ''))).toMatchObject({
      watched: 0,
      observed: { reason: 'not watched: the kernel configuration tells' },
    });
  });
});
