// What a table of counters says of each: what it counts, in what, and how wide it is. For fabric adapters, whose counters
// have names and nothing else.
import type { CounterUnit } from './counter.ts';

/** A row of a table; plain data. */
export interface KnownCounter {
  readonly description: string;
  readonly unit: CounterUnit;
  /** Width of the source; null where nothing states it. */
  readonly bits: number | null;
  /** Whether it stops at its largest value. */
  readonly sticks: boolean;
}

/** Rows by their names. */
export type KnownCounters = Readonly<Record<string, KnownCounter>>;

/** A counter of things. */
export function known(bits: number, description: string): KnownCounter {
  return { description, unit: 'count', bits, sticks: false };
}

/** A counter of bytes. */
export function knownBytes(bits: number, description: string): KnownCounter {
  return { description, unit: 'B', bits, sticks: false };
}

/** A counter of things that stops at its largest value. */
export function knownSticking(bits: number, description: string): KnownCounter {
  return { description, unit: 'count', bits, sticks: true };
}

/** The row of a name; names come from a machine, and `constructor` is none of a table's. */
export function knownCounter(table: KnownCounters, name: string): KnownCounter | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
