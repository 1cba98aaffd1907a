// The list of all groups of counters, in the order in which they are shown. A new group is one line here.
import type { CounterGroupDefinition } from './counter.ts';
import { GPU_AMDGPU } from './gpu-amdgpu.ts';
import { GPU_AMDGPU_THROUGHPUT } from './gpu-amdgpu-throughput.ts';
import { GPU_NVML } from './gpu-nvml.ts';
import { GPU_NVML_THROUGHPUT } from './gpu-nvml-throughput.ts';
import { VMWARE_GUEST_SDK } from './vmware-guest-sdk.ts';
import { VMWARE_PSEUDO_COUNTERS } from './vmware-pseudo-counters.ts';

export const COUNTER_GROUPS: readonly CounterGroupDefinition[] = [
  GPU_NVML,
  GPU_NVML_THROUGHPUT,
  GPU_AMDGPU,
  GPU_AMDGPU_THROUGHPUT,
  VMWARE_GUEST_SDK,
  VMWARE_PSEUDO_COUNTERS,
];
