// The list of all groups of counters, in the order in which they are shown. A new group is one line here.
import { CGROUP_COUNTERS } from './cgroup-throttling.ts';
import type { CounterGroupDefinition } from './counter.ts';
import { GPU_AMDGPU } from './gpu-amdgpu.ts';
import { GPU_AMDGPU_THROUGHPUT } from './gpu-amdgpu-throughput.ts';
import { GPU_NVML } from './gpu-nvml.ts';
import { GPU_NVML_THROUGHPUT } from './gpu-nvml-throughput.ts';
import { INFINIBAND } from './infiniband.ts';
import { INTERRUPT_COUNTERS } from './interrupts.ts';
import { KERNEL_COUNTERS } from './kernel-events.ts';
import { NETWORK_COUNTERS } from './network.ts';
import { PERF_HARDWARE_COUNTERS } from './perf-hardware.ts';
import { PERF_SOFTWARE_COUNTERS } from './perf-software.ts';
import { PROCESS_COUNTERS } from './process-usage.ts';
import { SLINGSHOT } from './slingshot.ts';
import { STEAL_COUNTERS } from './steal.ts';
import { VMWARE_GUEST_SDK } from './vmware-guest-sdk.ts';
import { VMWARE_PSEUDO_COUNTERS } from './vmware-pseudo-counters.ts';

export const COUNTER_GROUPS: readonly CounterGroupDefinition[] = [
  STEAL_COUNTERS,
  CGROUP_COUNTERS,
  PROCESS_COUNTERS,
  KERNEL_COUNTERS,
  INTERRUPT_COUNTERS,
  PERF_SOFTWARE_COUNTERS,
  PERF_HARDWARE_COUNTERS,
  NETWORK_COUNTERS,
  INFINIBAND,
  SLINGSHOT,
  GPU_NVML,
  GPU_NVML_THROUGHPUT,
  GPU_AMDGPU,
  GPU_AMDGPU_THROUGHPUT,
  VMWARE_GUEST_SDK,
  VMWARE_PSEUDO_COUNTERS,
];
