// A figure together with what it may be at least and at most: hard bounds and not a confidence
// interval. Says nothing of how they were found.

/** A figure and the interval that contains the truth. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `value` ± `bound`. */
export function within(value: number, bound: number): Bounded {
  return { value, low: value - bound, high: value + bound };
}
