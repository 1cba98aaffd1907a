// How much counters moved between two readings, with what is known of counters that wrap, stick and start anew. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CounterChange, CounterDescription, CounterReadings } from './counter.ts';

/** The changes of all counters that both readings have, in the order of their descriptions. */
export function counterChanges(
  counters: readonly CounterDescription[],
  before: CounterReadings,
  after: CounterReadings,
): readonly CounterChange[] {
  return counters.flatMap((counter): readonly CounterChange[] => {
    const [first, last] = [before.get(counter.name), after.get(counter.name)];
    return first === undefined || last === undefined ? [] : [changeOf(counter, first, last)];
  });
}

/** Whether a change tells more than that nothing happened: a report leaves out the others, which are 0. */
export function isTelling({ change, flags }: CounterChange): boolean {
  return flags.length > 0 || !change.available || change.value !== 0;
}

function changeOf(
  counter: CounterDescription,
  first: Available<number>,
  last: Available<number>,
): CounterChange {
  const { name, kind } = counter;
  if (!last.available) return { name, change: last, flags: [] };
  if (kind === 'gauge') return { name, change: last, flags: [] };
  if (!first.available) return { name, change: first, flags: [] };
  const largest = largestOf(counter);
  // Above its largest value is no counter of this width: a wider one than its file told.
  if (last.value === largest)
    return { name, change: unavailable(stuckReason(first, last)), flags: ['stuck'] };
  const grown = last.value - first.value;
  if (grown >= 0) return { name, change: available(grown), flags: [] };
  return { name, ...backwards(counter, first.value, last.value, largest) };
}

function stuckReason(first: { readonly value: number }, last: { readonly value: number }): string {
  const grown = last.value - first.value;
  return grown === 0
    ? 'it stands at its largest value'
    : `it reached its largest value between the readings, after ${grown} or more`;
}

/** In the unit of the counter; null for one that cannot reach it. */
function largestOf({ wrapBits, scale }: CounterDescription): number | null {
  // Sums of 64 bits are never reached, and a double would not hold them.
  return wrapBits === null || wrapBits > 53 ? null : (2 ** wrapBits - 1) * scale;
}

/**
 * A counter that is smaller now has wrapped, where it was in the upper half of its range, or was set to 0. One that stops at
 * its largest value can only have been set to 0.
 */
function backwards(
  { scale, sticks }: CounterDescription,
  first: number,
  last: number,
  largest: number | null,
): Pick<CounterChange, 'change' | 'flags'> {
  if (largest !== null && sticks !== true && first > largest / 2 && first <= largest) {
    return { change: available(largest + scale - first + last), flags: ['wrapped'] };
  }
  return { change: unavailable('it was set back between the readings'), flags: ['reset'] };
}
