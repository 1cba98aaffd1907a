// The process's answer to whoever asks for the counters of the machine: all groups, read twice. Asks the PCI bus for GPUs,
// because loading Vulkan's drivers would cost more than all counters together.
import { available, valueOrUndefined } from '../base/availability.ts';
import type { CountedDevice } from '../counters/counter.ts';
import { type CountersTaken, takeCounters } from '../counters/take-counters.ts';
import { findGpuFunctions } from '../virt/gpu-functions.ts';
import type { Machine } from '../virt/machine.ts';
import { thisMachine } from '../virt/open-machine.ts';

/** How soon a wish to stop is seen. */
const LOOK_MS = 20;

/**
 * Takes the counters of this machine.
 *
 * @param stopRequested Ends the wait between the readings.
 */
export function answerCounters(spanNs: number, stopRequested: () => boolean): Promise<CountersTaken> {
  const machine = thisMachine();
  return takeCounters({ machine, devices: gpusOf(machine) }, () => waitFor(spanNs / 1e6, stopRequested));
}

function gpusOf(machine: Machine): readonly CountedDevice[] {
  return (valueOrUndefined(findGpuFunctions(machine)) ?? []).map(({ address, name, vendorId }) => ({
    name,
    vendorId,
    software: false,
    pciAddress: available(address),
  }));
}

async function waitFor(spanMs: number, stopRequested: () => boolean): Promise<void> {
  const endMs = performance.now() + spanMs;
  while (!stopRequested()) {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS, leftMs)));
  }
}
