// What KVM offers its guests: the bits of its second leaf by the names of the kernel's header (asm/kvm_para.h). A table only.
import type { FeatureRegister } from './feature-bits.ts';

/** Bits of EAX of the second leaf. */
export const KVM_PV_UNHALT_BIT = 7;
export const KVM_CLOCKSOURCE_STABLE_BIT = 24;
/** Bit of EDX of the second leaf. */
export const KVM_HINTS_REALTIME_BIT = 0;

export const KVM_FEATURES: readonly FeatureRegister[] = [
  {
    offset: 1,
    register: 'eax',
    bits: [
      [0, 'KVM_FEATURE_CLOCKSOURCE', 'paravirtual clock, by its first registers'],
      [1, 'KVM_FEATURE_NOP_IO_DELAY', 'no delays are needed at I/O ports'],
      [2, 'KVM_FEATURE_MMU_OP', 'page tables by hypercall (obsolete)'],
      [3, 'KVM_FEATURE_CLOCKSOURCE2', 'paravirtual clock'],
      [4, 'KVM_FEATURE_ASYNC_PF', 'other threads run while the host fetches a page'],
      [5, 'KVM_FEATURE_STEAL_TIME', 'steal clock'],
      [6, 'KVM_FEATURE_PV_EOI', 'ends of interrupts without an exit'],
      [KVM_PV_UNHALT_BIT, 'KVM_FEATURE_PV_UNHALT', 'paravirtual spinlocks: a halted vCPU is woken'],
      [9, 'KVM_FEATURE_PV_TLB_FLUSH', 'TLB flushes spare vCPUs that do not run'],
      [10, 'KVM_FEATURE_ASYNC_PF_VMEXIT', 'page faults of the host are told to nested hypervisors'],
      [11, 'KVM_FEATURE_PV_SEND_IPI', 'interrupts to many vCPUs by one exit'],
      [12, 'KVM_FEATURE_POLL_CONTROL', 'the guest can stop the host from polling while it is idle'],
      [13, 'KVM_FEATURE_PV_SCHED_YIELD', 'yields to a vCPU that was preempted'],
      [14, 'KVM_FEATURE_ASYNC_PF_INT', 'the arrival of a page is told by interrupt'],
      [15, 'KVM_FEATURE_MSI_EXT_DEST_ID', 'interrupts to more than 255 vCPUs'],
      [16, 'KVM_FEATURE_HC_MAP_GPA_RANGE', 'pages are shared and made private by hypercall'],
      [17, 'KVM_FEATURE_MIGRATION_CONTROL', 'the guest says when it may be migrated'],
      [KVM_CLOCKSOURCE_STABLE_BIT, 'KVM_FEATURE_CLOCKSOURCE_STABLE_BIT', 'stable paravirtual clock'],
    ],
  },
  {
    offset: 1,
    register: 'edx',
    bits: [[KVM_HINTS_REALTIME_BIT, 'KVM_HINTS_REALTIME', 'vCPUs are never preempted for long']],
  },
];
