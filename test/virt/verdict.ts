// What the description of a machine comes to, in three words, for tests that look at nothing else.
import type { VirtualizationInfo } from '../../src/virt/system-info.ts';

/** Whether it is virtual, its hypervisor and its monitor; null for what is not known. */
export function verdict({ virtual, hypervisor, monitor }: VirtualizationInfo): readonly unknown[] {
  return [
    virtual.available ? virtual.value : null,
    hypervisor.available ? hypervisor.value.id : null,
    monitor.available ? monitor.value.id : null,
  ];
}
