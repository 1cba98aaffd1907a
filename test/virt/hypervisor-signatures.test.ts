import { expect, test } from 'vitest';
import type { HypervisorId } from '../../src/virt/evidence.ts';
import { hypervisorName, knownSignature, monitorName } from '../../src/virt/hypervisor-signatures.ts';

const SIGNATURES: readonly (readonly [string, HypervisorId, string])[] = [
  ['KVMKVMKVM\0\0\0', 'kvm', 'KVM'],
  ['Linux KVM Hv', 'kvm', 'KVM'],
  ['LKVMLKVMLKVM', 'kvm', 'KVM'],
  ['TCGTCGTCGTCG', 'qemu-tcg', 'QEMU (TCG)'],
  ['VMwareVMware', 'vmware', 'VMware ESXi or Workstation'],
  ['Microsoft Hv', 'hyper-v', 'Hyper-V'],
  ['XenVMMXenVMM', 'xen', 'Xen'],
  ['bhyve bhyve ', 'bhyve', 'bhyve'],
  ['BHyVE BHyVE ', 'bhyve', 'bhyve'],
  ['VBoxVBoxVBox', 'virtualbox', 'VirtualBox'],
  ['prl hyperv  ', 'parallels', 'Parallels'],
  [' lrpepyh  vr', 'parallels', 'Parallels'],
  ['ACRNACRNACRN', 'acrn', 'ACRN'],
  ['QNXQVMBSQG\0\0', 'qnx', 'QNX Hypervisor'],
  [' QNXQVMBSQG ', 'qnx', 'QNX Hypervisor'],
  ['Jailhouse\0\0\0', 'jailhouse', 'Jailhouse'],
  ['OpenBSDVMM58', 'openbsd-vmm', 'OpenBSD vmm'],
  ['___ NVMM ___', 'nvmm', 'NetBSD NVMM'],
  ['HAXMHAXMHAXM', 'haxm', 'Intel HAXM'],
  ['EVMMEVMMEVMM', 'other', 'Intel KGT'],
  ['SRESRESRESRE', 'other', 'LMHS'],
  ['Apple VZ\0\0\0\0', 'apple', 'Apple Virtualization'],
  ['UnisysSpar64', 'other', 'Unisys s-Par'],
  ['Napocahv    ', 'other', 'Napoca'],
];

test.each(SIGNATURES)('knownSignature() knows %j', (signature, id, name) => {
  expect(knownSignature(signature)).toMatchObject({ id, name });
});

test('knownSignature() knows nothing else', () => {
  for (const text of ['', 'KVM', 'KVMKVMKVMKVM', 'kvmkvmkvm', 'constructor', 'IntelTDX    '])
    expect(knownSignature(text)).toBeUndefined();
});

test('hypervisorName() and monitorName() give the names for people', () => {
  expect([hypervisorName('qemu-tcg'), hypervisorName('z-vm')]).toEqual(['QEMU (TCG)', 'z/VM']);
  expect([monitorName('firecracker'), monitorName('nitro')]).toEqual(['Firecracker', 'AWS Nitro']);
});
