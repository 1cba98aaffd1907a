// A source of counters out of rows, each of which says what it counts and how it is read. What fails in one row is the reason
// of that row; what was closed is not asked any more. Knows no counter.
import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import type { CounterDescription, CounterSource } from './counter.ts';

/** One counter and how it is read, in its unit. */
export interface CounterRow {
  readonly counter: CounterDescription;
  read(): Available<number>;
}

/** What a source does besides reading its rows. */
export interface RowOptions {
  readonly slow: boolean;
  /** Before the rows are read, where they share something; unavailable stands for all of them. */
  readonly prepare?: () => Available<unknown>;
  readonly close?: () => void;
}

/** A source that reads these rows in their order. */
export function rowSource(rows: readonly CounterRow[], options: RowOptions): CounterSource {
  let closed = false;
  const prepared = (): Available<unknown> =>
    closed ? unavailable('its source was closed') : (options.prepare?.() ?? available(null));
  return {
    counters: rows.map(({ counter }) => counter),
    slow: options.slow,
    read: () => {
      const ready = attempt(prepared);
      return new Map(
        rows.map(({ counter, read }) => [
          counter.name,
          ready.available ? attempt(read) : unavailable(ready.reason),
        ]),
      );
    },
    [Symbol.dispose]: () => {
      if (!closed) options.close?.();
      closed = true;
    },
  };
}

function attempt<T>(read: () => Available<T>): Available<T> {
  try {
    return read();
  } catch (error) {
    return unavailable(describeError(error));
  }
}

/** A source's number in the unit of the counter. Fractions are divided by, so that 57 % is 0.57 and no neighbour of it. */
export function inUnit(raw: number, scale: number): number {
  return scale < 1 ? raw / Math.round(1 / scale) : raw * scale;
}
