// What each recorded machine below test/fixtures/machines is, by hand, from vendors' documents and the kernel's sources and not
// from what the product says: a golden output alone would bless whatever the code made of it.
import type { HypervisorId, MonitorId } from '../../src/virt/evidence.ts';
import type { AttachmentKind } from '../../src/virt/gpu-attachment.ts';
import type { ContainerId } from '../../src/virt/system-info.ts';

/** `null` stands for a fact that must be unavailable: nothing there tells it. What is absent is not looked at. */
export interface Expected {
  readonly virtual: boolean;
  readonly hypervisor: HypervisorId | null;
  readonly monitor: MonitorId | null;
  readonly container: ContainerId;
  readonly cloud?: string;
  readonly product?: string;
  /** PAPI's virtual_vendor_string. */
  readonly vendor?: string;
  readonly stealClock?: boolean;
  readonly confidential?: string;
  readonly cpuQuota?: number;
  /** By the devices of the recording, in their order. */
  readonly devices?: readonly AttachmentKind[];
  /** Signs, claims or the resolution of a contradiction must name what speaks against the verdict. */
  readonly against?: string;
  /** Whether two signs cannot both be right. */
  readonly contradicts?: boolean;
}

const SOFTWARE: readonly AttachmentKind[] = ['software'];
const NO_VM = { virtual: false, hypervisor: 'none', monitor: null } as const;
const KVM = { virtual: true, hypervisor: 'kvm', vendor: 'KVMKVMKVM' } as const;
const HYPER_V = {
  virtual: true,
  hypervisor: 'hyper-v',
  monitor: 'hyper-v',
  vendor: 'Microsoft Hv',
} as const;
const VMWARE = { virtual: true, hypervisor: 'vmware', monitor: 'vmware', vendor: 'VMwareVMware' } as const;

export const EXPECTED: Readonly<Record<string, Expected>> = {
  'kvm-qemu': {
    ...KVM,
    monitor: 'qemu',
    container: 'none',
    stealClock: true,
    devices: SOFTWARE,
    contradicts: false,
  },
  'kvm-qemu-arm64': {
    virtual: true,
    hypervisor: 'kvm',
    monitor: 'qemu',
    container: 'none',
    contradicts: false,
  },
  'kvm-hyperv-enlightened': {
    virtual: true,
    hypervisor: 'kvm',
    monitor: 'qemu',
    vendor: 'Microsoft Hv',
    container: 'none',
    stealClock: true,
    devices: SOFTWARE,
    against: 'Microsoft Hv',
  },
  // The firmware names the provider only; QEMU shows itself by its fw_cfg device.
  'kvm-custom-dmi': { ...KVM, monitor: 'qemu', container: 'none', contradicts: false },
  'kvm-proxmox': { ...KVM, monitor: 'proxmox', container: 'none', contradicts: false },
  'kvm-claims-vmware': { ...KVM, monitor: 'qemu', container: 'none', against: 'VMware', contradicts: true },
  'kvm-no-steal-clock': { ...KVM, monitor: 'qemu', container: 'none', stealClock: false },
  'qemu-tcg': {
    virtual: true,
    hypervisor: 'qemu-tcg',
    monitor: 'qemu',
    vendor: 'TCGTCGTCGTCG',
    container: 'none',
    devices: SOFTWARE,
    contradicts: false,
  },
  'cloud-hypervisor': { ...KVM, monitor: 'cloud-hypervisor', container: 'none', contradicts: false },
  // QEMU hides KVM's name, and leaves its own mark on what it emulates of the PCI bus.
  'masked-hypervisor': {
    virtual: true,
    hypervisor: null,
    monitor: 'qemu',
    container: 'none',
    devices: ['passthrough'],
  },
  'xen-pv': { virtual: true, hypervisor: 'xen', monitor: 'xen', container: 'none' },
  'xen-hvm': {
    virtual: true,
    hypervisor: 'xen',
    monitor: 'xen',
    vendor: 'XenVMMXenVMM',
    container: 'none',
    contradicts: false,
  },
  // The hypervisor takes CPUs away from the control domain as from any other.
  'xen-dom0': { virtual: true, hypervisor: 'xen', monitor: 'xen', container: 'none' },
  'xen-viridian': {
    virtual: true,
    hypervisor: 'xen',
    monitor: 'xen',
    vendor: 'Microsoft Hv',
    container: 'none',
    against: 'Microsoft Hv',
  },
  'aws-xen': { virtual: true, hypervisor: 'xen', monitor: 'xen', container: 'none', cloud: 'AWS' },
  'vmware-esxi': { ...VMWARE, container: 'none', devices: SOFTWARE, contradicts: false },
  'hyper-v': { ...HYPER_V, container: 'none', devices: SOFTWARE, contradicts: false },
  'azure-gpu': {
    ...HYPER_V,
    container: 'none',
    cloud: 'Azure',
    devices: ['passthrough'],
    contradicts: false,
  },
  'azure-amd-vf': { ...HYPER_V, container: 'none', cloud: 'Azure', devices: ['vgpu'], contradicts: false },
  virtualbox: {
    virtual: true,
    hypervisor: 'virtualbox',
    monitor: 'virtualbox',
    vendor: 'VBoxVBoxVBox',
    container: 'none',
    devices: SOFTWARE,
    contradicts: false,
  },
  // They speak KVM's interface to guests that know it. The host runs their own hypervisor.
  'virtualbox-kvm': {
    virtual: true,
    hypervisor: 'virtualbox',
    monitor: 'virtualbox',
    vendor: 'KVMKVMKVM',
    container: 'none',
    against: 'KVMKVMKVM',
  },
  parallels: {
    virtual: true,
    hypervisor: 'parallels',
    monitor: 'parallels',
    vendor: 'prl hyperv',
    container: 'none',
    contradicts: false,
  },
  'parallels-kvm': {
    virtual: true,
    hypervisor: 'parallels',
    monitor: 'parallels',
    vendor: 'KVMKVMKVM',
    container: 'none',
    against: 'KVMKVMKVM',
  },
  bhyve: {
    virtual: true,
    hypervisor: 'bhyve',
    monitor: 'bhyve',
    vendor: 'bhyve bhyve',
    container: 'none',
    contradicts: false,
  },
  'firecracker-x86-here': {
    ...KVM,
    monitor: 'firecracker',
    container: 'none',
    stealClock: true,
    devices: SOFTWARE,
    against: '.dockerenv',
  },
  // `linux,dummy-virt` is QEMU, kvmtool, crosvm or Firecracker; a generation id in a device tree is Firecracker's alone.
  'firecracker-arm64': { virtual: true, hypervisor: 'kvm', monitor: 'firecracker', container: 'none' },
  'aws-nitro-gpu': {
    ...KVM,
    monitor: 'nitro',
    container: 'none',
    cloud: 'AWS',
    product: 'g4dn.xlarge',
    devices: ['passthrough', 'software'],
    contradicts: false,
  },
  'aws-metal-x86': { ...NO_VM, container: 'none', cloud: 'AWS', product: 'm5.metal', contradicts: false },
  'aws-metal-arm64': { ...NO_VM, container: 'none', cloud: 'AWS', product: 'm6g.metal', contradicts: false },
  gce: { ...KVM, monitor: 'google', container: 'none', cloud: 'Google Cloud', contradicts: false },
  'gce-sev-snp': {
    ...KVM,
    monitor: 'google',
    container: 'none',
    cloud: 'Google Cloud',
    confidential: 'AMD SEV-SNP',
  },
  oci: { ...KVM, monitor: 'qemu', container: 'none', cloud: 'Oracle Cloud', contradicts: false },
  'alibaba-ecs': { ...KVM, monitor: 'qemu', container: 'none', cloud: 'Alibaba Cloud', contradicts: false },
  wsl2: {
    virtual: true,
    hypervisor: 'hyper-v',
    monitor: 'hyper-v',
    vendor: 'Microsoft Hv',
    container: 'wsl',
    devices: ['api-remoting'],
  },
  'lxc-on-bare-metal': { ...NO_VM, container: 'lxc', contradicts: false },
  'docker-on-kvm': { ...KVM, monitor: 'qemu', container: 'docker', cpuQuota: 1.5, contradicts: false },
  'docker-stale-marker': { ...NO_VM, container: 'none', against: '.dockerenv', contradicts: true },
  'podman-rootless': { ...NO_VM, container: 'podman', contradicts: false },
  'kubernetes-pod': {
    ...KVM,
    monitor: 'nitro',
    container: 'kubernetes',
    cloud: 'AWS',
    product: 'm5.large',
    cpuQuota: 2,
    contradicts: false,
  },
  'apptainer-on-bare-metal': {
    ...NO_VM,
    container: 'apptainer',
    devices: ['bare-metal'],
    contradicts: false,
  },
  // Its kernel is a process: what CPUID names is the machine around it.
  gvisor: {
    virtual: true,
    hypervisor: 'gvisor',
    monitor: null,
    container: 'gvisor',
    stealClock: false,
    devices: ['sandbox-proxy'],
    against: 'KVMKVMKVM',
  },
  'bare-metal-looks-virtual': { ...NO_VM, container: 'none', devices: ['bare-metal'], contradicts: false },
  'bare-metal-amd-gpu': { ...NO_VM, container: 'none', devices: ['bare-metal'], contradicts: false },
  'vgpu-nvidia': { ...VMWARE, container: 'none', devices: ['vgpu'], contradicts: false },
  mig: { ...KVM, monitor: 'qemu', container: 'none', devices: ['mig'], contradicts: false },
  'virtio-gpu-venus': {
    ...KVM,
    monitor: 'qemu',
    container: 'none',
    devices: ['api-remoting', 'software'],
    contradicts: false,
  },
  'apple-virtualization-arm64': {
    virtual: true,
    hypervisor: 'apple',
    monitor: 'apple',
    container: 'none',
    devices: SOFTWARE,
    contradicts: false,
  },
  powervm: { virtual: true, hypervisor: 'powervm', monitor: null, container: 'none', contradicts: false },
  's390-zvm': { virtual: true, hypervisor: 'z-vm', monitor: null, container: 'none', contradicts: false },
  's390-lpar': {
    virtual: true,
    hypervisor: 's390-lpar',
    monitor: null,
    container: 'none',
    contradicts: false,
  },
};
