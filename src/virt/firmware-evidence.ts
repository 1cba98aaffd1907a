// All signs of a hypervisor that firmware, buses and the kernel give: everything but CPUID. Knows in which order they are asked,
// and nothing of what they weigh: that is judged elsewhere.
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';

/** What firmware, buses and the kernel say of a machine, in the order in which they are asked. Never throws. */
export function firmwareEvidence(_machine: Machine): readonly Evidence[] {
  return [];
}
