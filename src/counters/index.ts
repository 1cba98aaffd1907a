/// <reference lib="esnext.disposable" preserve="true" />
// The public subpath `guestmark/counters`: every counter of this machine that tells of a guest, its network and its GPUs.
// Opening them loads the libraries of vendors, where they are there.
export type {
  CountedDevice,
  CounterChange,
  CounterContext,
  CounterDescription,
  CounterGroup,
  CounterGroupRecord,
  CounterKind,
  CounterReadings,
  CounterSource,
  CounterUnit,
} from './counter.ts';
export { counterChanges } from './counter-change.ts';
export { type CounterChoice, type OpenedCounters, openCounters } from './open-counters.ts';
export { type CountersTaken, type TakenCounter, type TakenGroup, takeCounters } from './take-counters.ts';
export { type CounterChanges, counterWatch, type WatchCounters } from './watch-counters.ts';
