// Sets of counters in files, each set with a condition under which its files tell something: a port that is down has counters
// that stand still, and they must not look like zeros. Knows nothing of what is counted.
import type { Available } from '../base/availability.ts';
import type { CounterReadings, CounterSource } from './counter.ts';
import type { CounterFile } from './counter-file.ts';

/** Counters that can be read while one condition holds. */
export interface CounterSet {
  readonly counters: readonly CounterFile[];
  /** Asked once for every reading of the set; a reason becomes the reading of all its counters. */
  usable(): Available<unknown>;
}

/** One source of all sets. */
export function counterSetSource(sets: readonly CounterSet[]): CounterSource {
  return {
    counters: sets.flatMap(({ counters }) => counters.map(({ description }) => description)),
    slow: false,
    read: (): CounterReadings => new Map(sets.flatMap(readSet)),
    [Symbol.dispose]: () => undefined,
  };
}

function readSet({ counters, usable }: CounterSet): readonly (readonly [string, Available<number>])[] {
  const state = usable();
  return counters.map(
    ({ description, read }) => [description.name, state.available ? read() : state] as const,
  );
}
