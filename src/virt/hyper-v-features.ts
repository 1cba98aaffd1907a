// What Hyper-V offers its guests, or whoever speaks its interface: privileges, features and recommendations by the names of the
// Top-Level Functional Specification (2.4, "Feature and Interface Discovery") and, where that has none, of Linux. A table only.
import type { FeatureRegister } from './feature-bits.ts';

/** Leaves, counted from the first one of the range. */
export const HYPER_V_VERSION_LEAF = 2;
export const HYPER_V_FEATURES_LEAF = 3;
export const HYPER_V_HINTS_LEAF = 4;
export const HYPER_V_ISOLATION_LEAF = 12;
const NESTED_LEAF = 10;

/** Bits of EAX of the leaf of features. */
export const HYPER_V_REFERENCE_TSC_BIT = 9;
export const HYPER_V_GUEST_IDLE_BIT = 10;
/** Bits of EBX of the leaf of features. */
export const HYPER_V_CREATE_PARTITIONS_BIT = 0;
export const HYPER_V_CPU_MANAGEMENT_BIT = 12;
export const HYPER_V_ISOLATION_BIT = 22;
/** Bits of EAX of the leaf of recommendations. */
export const HYPER_V_CLUSTER_IPI_BIT = 10;
export const HYPER_V_NESTED_BIT = 12;

const PRIVILEGES: FeatureRegister = {
  offset: HYPER_V_FEATURES_LEAF,
  register: 'eax',
  bits: [
    [0, 'AccessVpRunTimeReg', 'how long a virtual processor ran'],
    [1, 'AccessPartitionReferenceCounter', 'reference clock, by a register'],
    [2, 'AccessSynicRegs', 'synthetic interrupt controller'],
    [3, 'AccessSyntheticTimerRegs', 'synthetic timers'],
    [4, 'AccessIntrCtrlRegs', 'interrupt controller by registers instead of memory'],
    [5, 'AccessHypercallMsrs', 'hypercalls'],
    [6, 'AccessVpIndex', 'index of the virtual processor'],
    [7, 'AccessResetReg', 'reset by a register'],
    [8, 'AccessStatsReg', 'statistics pages'],
    [HYPER_V_REFERENCE_TSC_BIT, 'AccessPartitionReferenceTsc', 'reference clock, by the TSC and a page'],
    [HYPER_V_GUEST_IDLE_BIT, 'AccessGuestIdleReg', 'idle by a register'],
    [11, 'AccessFrequencyRegs', 'frequencies of the TSC and the APIC timer'],
    [12, 'AccessDebugRegs', 'debugging by registers'],
    [13, 'AccessReenlightenmentControls', 'a change of the TSC frequency after a migration is told'],
    [15, 'AccessTscInvariantControls', 'the TSC stays the same across migrations'],
  ],
};

const PARTITION_PRIVILEGES: FeatureRegister = {
  offset: HYPER_V_FEATURES_LEAF,
  register: 'ebx',
  bits: [
    [HYPER_V_CREATE_PARTITIONS_BIT, 'CreatePartitions', 'creates partitions'],
    [1, 'AccessPartitionId', 'number of this partition'],
    [2, 'AccessMemoryPool', 'memory of the hypervisor'],
    [4, 'PostMessages', 'messages to other partitions'],
    [5, 'SignalEvents', 'events to other partitions'],
    [6, 'CreatePort', 'creates ports'],
    [7, 'ConnectPort', 'connects to ports'],
    [8, 'AccessStats', 'statistics of the hypervisor'],
    [11, 'Debugging', 'debugs other partitions'],
    [HYPER_V_CPU_MANAGEMENT_BIT, 'CpuManagement', 'manages the processors'],
    [16, 'AccessVSM', 'virtual secure mode'],
    [17, 'AccessVpRegisters', 'registers of other virtual processors'],
    [20, 'EnableExtendedHypercalls', 'extended hypercalls'],
    [21, 'StartVirtualProcessor', 'starts virtual processors'],
    [HYPER_V_ISOLATION_BIT, 'Isolation', 'this partition is isolated from its host'],
  ],
};

const MISCELLANEOUS: FeatureRegister = {
  offset: HYPER_V_FEATURES_LEAF,
  register: 'edx',
  bits: [
    [1, 'GuestDebugging', 'guest debugging'],
    [2, 'PerformanceMonitor', 'performance monitor'],
    [3, 'PhysicalCpuDynamicPartitioning', 'processors come and go'],
    [4, 'XmmRegistersForFastHypercall', 'hypercall input in XMM registers'],
    [5, 'GuestIdleState', 'idle state of the guest'],
    [7, 'NumaDistanceQuery', 'NUMA distances can be asked'],
    [8, 'TimerFrequencyRegs', 'timer frequencies can be read'],
    [9, 'InjectSyntheticMachineCheck', 'synthetic machine checks'],
    [10, 'GuestCrashRegs', 'crashes are told to the host'],
    [11, 'DebugRegs', 'debugging registers'],
    [13, 'DisableHypervisor', 'the hypervisor can be disabled'],
    [14, 'ExtendedGvaRangesForFlush', 'flushes of extended address ranges'],
    [15, 'XmmOutputForFastHypercall', 'hypercall output in XMM registers'],
    [19, 'DirectSyntheticTimers', 'synthetic timers by interrupts of their own'],
  ],
};

const RECOMMENDATIONS: FeatureRegister = {
  offset: HYPER_V_HINTS_LEAF,
  register: 'eax',
  bits: [
    [0, 'HV_X64_AS_SWITCH_RECOMMENDED', 'switch address spaces by hypercall'],
    [1, 'HV_X64_LOCAL_TLB_FLUSH_RECOMMENDED', 'flush the own TLB by hypercall'],
    [2, 'HV_X64_REMOTE_TLB_FLUSH_RECOMMENDED', 'flush the TLBs of others by hypercall'],
    [3, 'HV_X64_APIC_ACCESS_RECOMMENDED', 'reach the APIC by registers'],
    [4, 'HV_X64_SYSTEM_RESET_RECOMMENDED', 'reset by a register'],
    [5, 'HV_X64_RELAXED_TIMING_RECOMMENDED', 'relax watchdogs: virtual processors may pause'],
    [9, 'HV_DEPRECATING_AEOI_RECOMMENDED', 'do not end interrupts automatically'],
    [HYPER_V_CLUSTER_IPI_BIT, 'HV_X64_CLUSTER_IPI_RECOMMENDED', 'send interrupts to many by hypercall'],
    [11, 'HV_X64_EX_PROCESSOR_MASKS_RECOMMENDED', 'name more than 64 virtual processors'],
    [HYPER_V_NESTED_BIT, 'HV_X64_HYPERV_NESTED', 'the hypervisor is nested within a Hyper-V partition'],
    [14, 'HV_X64_ENLIGHTENED_VMCS_RECOMMENDED', 'nested hypervisors: use the enlightened VMCS'],
    [
      18,
      'HV_X64_NO_NONARCH_CORESHARING',
      'no core is shared with another virtual processor, siblings excepted',
    ],
  ],
};

/** Offered to hypervisors inside this guest: no sign that this guest's own hypervisor is nested. */
const FOR_NESTED_HYPERVISORS: FeatureRegister = {
  offset: NESTED_LEAF,
  register: 'eax',
  bits: [
    [17, 'HV_X64_NESTED_DIRECT_FLUSH', 'guests of this guest flush TLBs directly'],
    [18, 'HV_X64_NESTED_GUEST_MAPPING_FLUSH', 'mappings of nested guests are flushed by hypercall'],
    [19, 'HV_X64_NESTED_MSR_BITMAP', 'enlightened bitmap of registers for nested guests'],
  ],
};

export const HYPER_V_FEATURES: readonly FeatureRegister[] = [
  PRIVILEGES,
  PARTITION_PRIVILEGES,
  MISCELLANEOUS,
  RECOMMENDATIONS,
  FOR_NESTED_HYPERVISORS,
];
