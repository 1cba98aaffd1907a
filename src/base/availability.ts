// Absent evidence is data with a reason: never 0, never an exception. Every value that a machine may
// be unable to give is carried in this shape, in memory and in the report.

/** A value that was obtained, or the reason why it could not be. */
export type Available<T> = { readonly available: true; readonly value: T } | Unavailable;

/** Why a value is missing, in words a user can act on. */
export interface Unavailable {
  readonly available: false;
  readonly reason: string;
}

/** Wraps an obtained value. */
export function available<T>(value: T): Available<T> {
  return { available: true, value };
}

/** States that a value could not be obtained, and why. */
export function unavailable(reason: string): Unavailable {
  return { available: false, reason };
}

/** The value, or `undefined` where it is missing: for callers that do not need the reason. */
export function valueOrUndefined<T>(maybe: Available<T>): T | undefined {
  return maybe.available ? maybe.value : undefined;
}

/** Applies `map` to an obtained value and passes a reason through. */
export function mapAvailable<T, U>(maybe: Available<T>, map: (value: T) => U): Available<U> {
  return maybe.available ? available(map(maybe.value)) : maybe;
}
