// A probed fact: a value with the evidence for it, or the reason why nobody knows.
import type { Unavailable } from '../base/availability.ts';

/** Assignable to `Available<T>`; `source` says in words what was seen and where. */
export type Fact<T> = { readonly available: true; readonly value: T; readonly source: string } | Unavailable;

/** A value and the evidence for it. */
export function fact<T>(value: T, source: string): Fact<T> {
  return { available: true, value, source };
}
