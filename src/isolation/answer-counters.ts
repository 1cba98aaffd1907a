// The process's answer to whoever asks for the counters of the machine: those that were asked for, read twice. Asks the PCI bus for GPUs,
// because loading Vulkan's drivers would cost more than all counters together.
import { available, valueOrUndefined } from '../base/availability.ts';
import { allMayName, askedGroups } from '../counters/asked-groups.ts';
import type { CountedDevice } from '../counters/counter.ts';
import { COUNTER_GROUPS } from '../counters/counter-groups.ts';
import { type CountersTaken, takeCounters } from '../counters/take-counters.ts';
import { findGpuFunctions } from '../virt/gpu-functions.ts';
import type { Machine } from '../virt/machine.ts';
import { thisMachine } from '../virt/open-machine.ts';
import type { CountersRequest } from './protocol.ts';

/** How soon a wish to stop is seen. */
const LOOK_MS = 20;

/**
 * Takes the counters of this machine.
 *
 * @param stopRequested Ends the wait between the readings.
 */
export function answerCounters(
  { spanNs, patterns }: CountersRequest,
  stopRequested: () => boolean,
): Promise<CountersTaken> {
  const machine = thisMachine();
  const definitions = askedGroups(COUNTER_GROUPS, patterns);
  // Somebody will refuse a pattern that names nothing: not only after the wait.
  const spanMs = allMayName(COUNTER_GROUPS, patterns) ? spanNs / 1e6 : 0;
  const context = { machine, devices: gpusOf(machine) };
  return takeCounters(context, () => waitFor(spanMs, stopRequested), { definitions });
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
