// The switch records of many rings in one order of time. Rings are drained one after the other, so what the
// last one gives may be younger than what the first one has got since; such records are held back.
import type { DrainSwitches, SwitchRecord } from './switch-records.ts';

/** Records in order of time, over all rings and all calls. */
export interface OrderedSwitches {
  /** Takes out what can be followed by nothing older: all records up to shortly before the call. */
  readonly drain: DrainSwitches;
  /** Takes out the rest too: when what is recorded has ended. */
  readonly flush: DrainSwitches;
}

/** A record is in its ring within microseconds of its time; a CPU that is stolen in between needs longer. */
const SETTLING_NS = 50e6;

/**
 * Orders what `drain` gives. Allocates a copy of each record.
 *
 * @param nowNs CLOCK_MONOTONIC in ns since boot, as in the records.
 */
export function orderSwitches(drain: DrainSwitches, nowNs: () => number): OrderedSwitches {
  let held: SwitchRecord[] = [];
  const drainUntil = (untilNs: number, onSwitch: (record: SwitchRecord) => void): number => {
    const lost = drain((record) => held.push({ ...record }));
    held.sort((a, b) => a.atNs - b.atNs);
    const firstHeld = held.findIndex(({ atNs }) => atNs > untilNs);
    const ready = firstHeld < 0 ? held : held.slice(0, firstHeld);
    held = firstHeld < 0 ? [] : held.slice(firstHeld);
    for (const record of ready) onSwitch(record);
    return lost;
  };
  return {
    drain: (onSwitch) => drainUntil(nowNs() - SETTLING_NS, onSwitch),
    flush: (onSwitch) => drainUntil(Number.POSITIVE_INFINITY, onSwitch),
  };
}
