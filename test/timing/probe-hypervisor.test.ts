import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { hypervisor, stealClock, stealClockByCpuid } from '../../src/timing/probe-hypervisor.ts';
import { cpuidOf, hypervisorBit, named, none } from './cpuid-fixture.ts';
import { bareMetal, debianKvm, gvisorSandbox, machineRoot, procStat } from './machine-fixture.ts';

describe('stealClockByCpuid()', () => {
  test('reads feature bit 5 of KVM', () => {
    const kvm = { ...hypervisorBit, 1073741824: named('KVMKVMKVM') };
    const features = (eax: number) => cpuidOf({ ...kvm, 1073741825: { ...none, eax } });
    expect(stealClockByCpuid(features(0x01007efb))).toMatchObject({ value: true });
    expect(stealClockByCpuid(features(0x01007edb))).toMatchObject({
      value: false,
      source: 'CPUID: KVM does not offer its steal clock',
    });
  });

  test('finds KVM behind the interface of Hyper-V', () => {
    const cpuid = cpuidOf({
      ...hypervisorBit,
      1073741824: named('Microsoft Hv'),
      1073742080: named('KVMKVMKVM'),
      1073742081: { ...none, eax: 0x20 },
    });
    expect(stealClockByCpuid(cpuid)).toMatchObject({ value: true });
  });

  test('finds Xen behind the interface of Hyper-V', () => {
    const cpuid = cpuidOf({
      ...hypervisorBit,
      1073741824: named('Microsoft Hv'),
      1073742080: named('XenVMMXenVMM'),
    });
    expect(stealClockByCpuid(cpuid)).toMatchObject({ value: true });
  });

  test.each(['Microsoft Hv', 'TCGTCGTCGTCG', 'VBoxVBoxVBox', 'prl hyperv'])(
    'knows that %s has none',
    (name) => {
      expect(
        stealClockByCpuid(cpuidOf({ ...hypervisorBit, 1073741824: named(name.padEnd(12)) })),
      ).toMatchObject({
        value: false,
        source: `CPUID: ${name} has no steal clock`,
      });
    },
  );

  test.each(['VMwareVMware', 'SomethingNew'])('does not guess about %s', (name) => {
    expect(stealClockByCpuid(cpuidOf({ ...hypervisorBit, 1073741824: named(name) })).available).toBe(false);
  });

  test('looks at no leaf above when the hypervisor bit is clear: it would hold another leaf', () => {
    expect(stealClockByCpuid(cpuidOf({ 1073741824: named('KVMKVMKVM') }))).toMatchObject({ value: false });
  });
});

describe('stealClock()', () => {
  const unstolen = { ...debianKvm, '/proc/stat': procStat(0, 0) };
  const bhyve = available(cpuidOf({ ...hypervisorBit, 1073741824: named('bhyve bhyve ') }));

  test('takes counted steal as proof', () => {
    expect(stealClock(systemFiles(machineRoot(debianKvm)), bhyve)).toMatchObject({ value: true });
  });

  test('stays unknown without steal and without CPUID', () => {
    expect(stealClock(systemFiles(machineRoot(unstolen)), unavailable('CPUID: not here'))).toEqual({
      available: false,
      reason: '/proc/stat: no steal since boot; CPUID: not here',
    });
  });

  test('finds none in gVisor, whatever the machine around it offers', () => {
    const kvm = { ...hypervisorBit, 1073741824: named('KVMKVMKVM'), 1073741825: { ...none, eax: 0x20 } };
    expect(stealClock(systemFiles(machineRoot(gvisorSandbox)), available(cpuidOf(kvm)))).toMatchObject({
      value: false,
      source: expect.stringContaining('gVisor passes none on'),
    });
  });

  test('stays unknown when CPUID denies the KVM that the kernel booted with', () => {
    expect(stealClock(systemFiles(machineRoot(unstolen)), bhyve)).toMatchObject({
      available: false,
      reason: expect.stringContaining("but the kernel booted with KVM's clock"),
    });
  });

  test('believes CPUID where no KVM clock contradicts it', () => {
    const files = { ...bareMetal, '/proc/stat': procStat(0) };
    expect(stealClock(systemFiles(machineRoot(files)), bhyve)).toMatchObject({ value: false });
  });
});

describe('hypervisor()', () => {
  test('finds one on Arm by the device tree, and stays unknown without any sign', () => {
    const arm = { '/proc/cpuinfo': 'processor\t: 0\nFeatures\t: fp asimd\n' };
    const tree = { ...arm, '/proc/device-tree/hypervisor/compatible': 'xen,xen\0' };
    expect(hypervisor(systemFiles(machineRoot(tree)))).toMatchObject({ value: true });
    expect(hypervisor(systemFiles(machineRoot(arm))).available).toBe(false);
  });
});
