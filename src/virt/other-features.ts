// What Xen, VMware, bhyve and ACRN offer their guests, by the names of their headers (Xen: public/arch-x86/cpuid.h; the others:
// Linux, arch/x86). Tables only.
import type { FeatureRegister } from './feature-bits.ts';

/** Offset of Xen's leaf about time. */
export const XEN_TIME_LEAF = 3;
/** Bit of EAX of that leaf. */
export const XEN_RELIABLE_TSC_BIT = 1;
/** Offset of the leaf with the frequencies of the TSC and of the bus, kHz. VMware's, and others took it over. */
export const TIMING_LEAF = 0x10;

export const XEN_FEATURES: readonly FeatureRegister[] = [
  {
    offset: 2,
    register: 'ecx',
    bits: [
      [0, 'XEN_CPUID_FEAT1_MMU_PT_UPDATE_PRESERVE_AD', 'page table updates keep accessed and dirty bits'],
    ],
  },
  {
    offset: XEN_TIME_LEAF,
    register: 'eax',
    bits: [
      [0, 'XEN_CPUID_TSC_EMULATED', 'the TSC is emulated: reading it is an exit'],
      [XEN_RELIABLE_TSC_BIT, 'XEN_CPUID_HOST_TSC_RELIABLE', "the host's TSC is reliable"],
      [2, 'XEN_CPUID_RDTSCP_INSTR_AVAIL', 'RDTSCP'],
    ],
  },
  {
    offset: 4,
    register: 'eax',
    bits: [
      [0, 'XEN_HVM_CPUID_APIC_ACCESS_VIRT', 'the APIC is virtualized by the CPU'],
      [1, 'XEN_HVM_CPUID_X2APIC_VIRT', 'the x2APIC is virtualized by the CPU'],
      [2, 'XEN_HVM_CPUID_IOMMU_MAPPINGS', 'memory of other domains can be reached by devices'],
      [3, 'XEN_HVM_CPUID_VCPU_ID_PRESENT', 'number of the vCPU'],
      [4, 'XEN_HVM_CPUID_DOMID_PRESENT', 'number of the domain'],
      [5, 'XEN_HVM_CPUID_EXT_DEST_ID', 'interrupts to more than 255 vCPUs'],
      [6, 'XEN_HVM_CPUID_UPCALL_VECTOR', 'event channels by an interrupt for each vCPU'],
    ],
  },
];

export const VMWARE_FEATURES: readonly FeatureRegister[] = [
  {
    offset: TIMING_LEAF,
    register: 'ecx',
    bits: [
      [0, 'CPUID_VMWARE_FEATURES_ECX_VMMCALL', 'hypercalls by VMMCALL'],
      [1, 'CPUID_VMWARE_FEATURES_ECX_VMCALL', 'hypercalls by VMCALL'],
    ],
  },
];

export const BHYVE_FEATURES: readonly FeatureRegister[] = [
  {
    offset: 1,
    register: 'eax',
    bits: [[0, 'CPUID_BHYVE_FEAT_EXT_DEST_ID', 'interrupts to more than 255 vCPUs']],
  },
];

export const ACRN_FEATURES: readonly FeatureRegister[] = [
  {
    offset: 1,
    register: 'eax',
    bits: [[0, 'ACRN_FEATURE_PRIVILEGED_VM', 'this is the service VM, which creates others']],
  },
];
