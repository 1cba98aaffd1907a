import { describe, expect, test } from 'vitest';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import type { Leaves } from '../timing/cpuid-fixture.ts';
import { HARDWARE, registers } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';
import { verdict } from './verdict.ts';

const DMI = '/sys/class/dmi/id';
const ofLeaves = (leaves: Leaves | undefined, files = {}, architecture = 'x64') =>
  describeVirtualization(tableMachine({ leaves, files, architecture }));

describe('VIRTUAL_RULES on real machines', () => {
  test('finds none, and says what follows', () => {
    const info = ofLeaves({ ...HARDWARE, 1: registers({ ecx: 2 ** 5 }) });
    expect(verdict(info)).toEqual([false, 'none', null]);
    expect(info).toMatchObject({
      virtual: { confidence: 'likely' },
      vendorString: { value: 'none' },
      version: { available: false },
      features: { available: false },
      stealClock: { value: false, source: 'CPUID: no hypervisor' },
      nested: { value: false },
      canHostGuests: { value: true, source: 'CPUID 0x00000001 ECX[5]: VMX' },
      confidential: { value: 'none' },
    });
  });

  test('takes a Surface for what it is, and tells what its firmware says', () => {
    const info = ofLeaves(HARDWARE, { [`${DMI}/product_version`]: 'Hyper-V UEFI Release v4.0' });
    expect(verdict(info)).toEqual([false, 'none', null]);
    expect(info.contradictions).toMatchObject([
      { resolution: expect.stringContaining("Microsoft's own hardware") },
    ]);
  });

  test('takes a whole machine of AWS for one, by its product and the clear bit', () => {
    const files = { [`${DMI}/sys_vendor`]: 'Amazon EC2', [`${DMI}/product_name`]: 'm5.metal' };
    const info = ofLeaves(HARDWARE, files);
    expect(verdict(info)).toEqual([false, 'none', null]);
    expect(info).toMatchObject({
      contradictions: [],
      cloud: { value: { provider: 'AWS', product: 'm5.metal' } },
    });
  });
});

describe('VIRTUAL_RULES without CPUID', () => {
  test('takes the flag of the kernel, and says why CPUID was not asked', () => {
    const of = (flags: string) => ofLeaves(undefined, { '/proc/cpuinfo': `flags\t\t: ${flags}\n` });
    const guest = of('fpu hypervisor svm');
    expect(guest).toMatchObject({
      virtual: { value: true, source: expect.stringContaining('CPUID: not in the recording') },
      hypervisor: { available: false },
      canHostGuests: { value: true },
      vendorString: { reason: 'CPUID: not in the recording' },
    });
    expect(guest.evidence).toHaveLength(1);
    expect(verdict(of('fpu vmx'))).toEqual([false, 'none', null]);
  });

  test('leaves Arm to its device tree', () => {
    const tree = { '/proc/device-tree/hypervisor/compatible': 'linux,kvm\0' };
    expect(verdict(ofLeaves(undefined, tree, 'arm64')).slice(0, 2)).toEqual([true, 'kvm']);
    expect(ofLeaves(undefined, {}, 'arm64')).toMatchObject({
      virtual: { reason: expect.stringContaining('none of them can rule one out') },
      features: { reason: expect.stringContaining('this machine is arm64') },
      confidential: { available: false },
      canHostGuests: { available: false },
    });
  });
});
