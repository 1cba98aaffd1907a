// The names of hypervisors: those by which they make themselves known in CPUID, and those by which people know them. A table,
// gathered from the sources of Linux, systemd, virt-what, lscpu and stress-ng. Knows no instruction and judges nothing: a
// signature may be borrowed.
import type { HypervisorId, MonitorId } from './evidence.ts';
import type { Named } from './system-info.ts';

/** What is known of a signature. */
export interface KnownSignature extends Named<HypervisorId> {
  /** The monitor, where only one uses the signature. */
  readonly monitor?: MonitorId;
}

const HYPERVISOR_NAMES: Readonly<Record<HypervisorId, string>> = {
  none: 'none',
  kvm: 'KVM',
  'qemu-tcg': 'QEMU (TCG)',
  vmware: 'VMware ESXi or Workstation',
  'hyper-v': 'Hyper-V',
  xen: 'Xen',
  bhyve: 'bhyve',
  virtualbox: 'VirtualBox',
  parallels: 'Parallels',
  acrn: 'ACRN',
  qnx: 'QNX Hypervisor',
  jailhouse: 'Jailhouse',
  'openbsd-vmm': 'OpenBSD vmm',
  nvmm: 'NetBSD NVMM',
  haxm: 'Intel HAXM',
  apple: 'Apple Virtualization',
  powervm: 'PowerVM',
  'z-vm': 'z/VM',
  's390-lpar': 'PR/SM (logical partition)',
  uml: 'User Mode Linux',
  gvisor: 'gVisor',
  other: 'another hypervisor',
};

const MONITOR_NAMES: Readonly<Record<MonitorId, string>> = {
  qemu: 'QEMU',
  firecracker: 'Firecracker',
  'cloud-hypervisor': 'Cloud Hypervisor',
  crosvm: 'crosvm',
  kvmtool: 'kvmtool',
  virtualbox: 'VirtualBox',
  vmware: 'VMware ESXi or Workstation',
  'hyper-v': 'Hyper-V',
  xen: 'Xen',
  parallels: 'Parallels',
  bhyve: 'bhyve',
  bochs: 'Bochs',
  nitro: 'AWS Nitro',
  google: 'Google Compute Engine',
  apple: 'Apple Virtualization',
  proxmox: 'Proxmox VE (QEMU)',
  other: 'another monitor',
};

/** A hypervisor's name for people: `KVM`. */
export function hypervisorName(id: HypervisorId): string {
  return HYPERVISOR_NAMES[id];
}

/** A monitor's name for people: `Firecracker`. */
export function monitorName(id: MonitorId): string {
  return MONITOR_NAMES[id];
}

const named = (id: HypervisorId, monitor?: MonitorId): KnownSignature => ({
  id,
  name: HYPERVISOR_NAMES[id],
  ...(monitor === undefined ? {} : { monitor }),
});

/** Known to nobody else in this tool, so only by their names. */
const other = (name: string): KnownSignature => ({ id: 'other', name });

/** EBX, ECX and EDX of the first leaf of a range, trimmed of NULs and spaces. */
const SIGNATURES: ReadonlyMap<string, KnownSignature> = new Map([
  ['KVMKVMKVM', named('kvm')],
  // What KVM itself answers where nobody chose a name for its Hyper-V interface.
  ['Linux KVM Hv', named('kvm')],
  ['LKVMLKVMLKVM', named('kvm', 'kvmtool')],
  ['TCGTCGTCGTCG', named('qemu-tcg', 'qemu')],
  ['VMwareVMware', named('vmware', 'vmware')],
  ['Microsoft Hv', named('hyper-v')],
  ['XenVMMXenVMM', named('xen')],
  ['bhyve bhyve', named('bhyve', 'bhyve')],
  ['BHyVE BHyVE', named('bhyve', 'bhyve')],
  ['VBoxVBoxVBox', named('virtualbox', 'virtualbox')],
  ['prl hyperv', named('parallels', 'parallels')],
  // The same with the letters of each register turned round.
  ['lrpepyh  vr', named('parallels', 'parallels')],
  ['ACRNACRNACRN', named('acrn')],
  ['QNXQVMBSQG', named('qnx')],
  ['Jailhouse', named('jailhouse')],
  ['OpenBSDVMM58', named('openbsd-vmm')],
  ['___ NVMM ___', named('nvmm')],
  ['HAXMHAXMHAXM', named('haxm')],
  ['Apple VZ', named('apple', 'apple')],
  ['EVMMEVMMEVMM', other('Intel KGT')],
  ['SRESRESRESRE', other('LMHS')],
  ['UnisysSpar64', other('Unisys s-Par')],
  ['Napocahv', other('Napoca')],
]);

/** What a signature stands for; undefined for one that nobody knows. */
export function knownSignature(signature: string): KnownSignature | undefined {
  return SIGNATURES.get(signature.replace(/^[\0 ]+|[\0 ]+$/g, ''));
}
