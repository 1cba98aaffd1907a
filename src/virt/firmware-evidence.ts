// All signs of a hypervisor that firmware, buses and the kernel give: everything but CPUID. Knows in which order they are asked,
// and nothing of what they weigh: that is judged elsewhere.
import { acpiEvidence } from './acpi-evidence.ts';
import { busEvidence } from './bus-evidence.ts';
import { deviceTreeEvidence } from './device-tree-evidence.ts';
import { dmiEvidence } from './dmi-evidence.ts';
import type { Evidence } from './evidence.ts';
import { firecrackerEvidence } from './firecracker-evidence.ts';
import { kernelEvidence } from './kernel-evidence.ts';
import type { Machine } from './machine.ts';

/** The kernel first, which has spoken with the hypervisor; firmware, whose texts anybody may choose, after it. */
const COLLECTORS: readonly ((machine: Machine) => readonly Evidence[])[] = [
  kernelEvidence,
  busEvidence,
  acpiEvidence,
  deviceTreeEvidence,
  dmiEvidence,
  firecrackerEvidence,
];

/** What firmware, buses and the kernel say of a machine, in the order in which they are asked. Never throws. */
export function firmwareEvidence(machine: Machine): readonly Evidence[] {
  return COLLECTORS.flatMap((collect) => collect(machine));
}
