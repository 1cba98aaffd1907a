// Comparing a kernel's output with its reference. A benchmark whose result is not checked is not a
// benchmark, so the comparison itself is small, pure and tested. Knows no device.
import { bytesOf, type Elements } from './element-types.ts';
import { isRecord } from './value-shape.ts';

/** The outcome of a verification. */
export type Verification =
  | { readonly ok: true; readonly checked: number }
  | { readonly ok: false; readonly checked: number; readonly mismatches: number; readonly first: Mismatch };

/** Where an output differs from its reference. */
export interface Mismatch {
  readonly what: string;
  readonly index: number;
  readonly actual: number;
  readonly expected: number;
}

/** How far an output may be from its reference: |a − e| ≤ absolute + relative · |e|. Default exact. */
export interface Tolerance {
  readonly absolute?: number;
  readonly relative?: number;
}

/**
 * Compares every element with `expected(index)` or `expected[index]`. NaN equals nothing.
 *
 * @param what Name of the output in the message.
 * @param expected Of large outputs better an array of the same type than a function: equal bytes are seen at once.
 */
export function compareElements(
  what: string,
  actual: ArrayLike<number>,
  expected: ((index: number) => number) | ArrayLike<number>,
  tolerance: Tolerance = {},
): Verification {
  if (typeof expected !== 'function') {
    if (hasSameBytes(actual, expected)) return conclude(actual.length, 0, undefined);
    return compareElements(what, actual, (index) => expected[index] as number, tolerance);
  }
  const { absolute = 0, relative = 0 } = tolerance;
  let mismatches = 0;
  let first: Mismatch | undefined;
  for (let index = 0; index < actual.length; index++) {
    const got = actual[index] as number;
    const want = expected(index);
    // Of infinity every part is infinite: only the same is near it.
    const allowed = Number.isFinite(want) ? absolute + relative * Math.abs(want) : -1;
    if (got === want || Math.abs(got - want) <= allowed) continue;
    mismatches++;
    first ??= { what, index, actual: got, expected: want };
  }
  return conclude(actual.length, mismatches, first);
}

/** Whether two typed arrays hold the same numbers, none of them NaN. */
function hasSameBytes(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (!isTyped(left) || !isTyped(right) || left.constructor !== right.constructor) return false;
  if (Buffer.compare(bytesOf(left), bytesOf(right)) !== 0) return false;
  for (let i = 0; i < left.length; i++) if (Number.isNaN(left[i])) return false;
  return true;
}

function isTyped(elements: ArrayLike<number>): elements is Elements {
  return ArrayBuffer.isView(elements);
}

/** Joins several comparisons: all must hold, the first mismatch is kept. */
export function allOf(...parts: readonly Verification[]): Verification {
  const failed = parts.filter((part) => !part.ok);
  const checked = parts.reduce((sum, part) => sum + part.checked, 0);
  const mismatches = failed.reduce((sum, part) => sum + (part.ok ? 0 : part.mismatches), 0);
  const [worst] = failed;
  // Also one of plain JavaScript that does not say what differs: it must not pass.
  if (worst?.ok === false) return { ok: false, checked, mismatches, first: worst.first };
  return conclude(checked, 0, undefined);
}

/** Whether a value is one: the functions of plain JavaScript give anything, and counts go into the report. */
export function isVerification(value: unknown): value is Verification {
  if (!isRecord(value) || typeof value.ok !== 'boolean' || !isCount(value.checked)) return false;
  if (value.ok) return true;
  const { mismatches, first } = value;
  return isCount(mismatches) && isRecord(first) && typeof first.what === 'string' && isCount(first.index);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** One sentence for a message: `y[17] is 3 and should be 4 (1 of 4096 values differ)`. */
export function describeMismatch(verification: Verification & { readonly ok: false }): string {
  const { first, mismatches, checked } = verification;
  return `${first.what}[${first.index}] is ${first.actual} and should be ${first.expected} (${mismatches} of ${checked} values differ)`;
}

function conclude(checked: number, mismatches: number, first: Mismatch | undefined): Verification {
  if (first !== undefined) return { ok: false, checked, mismatches, first };
  if (checked > 0) return { ok: true, checked };
  // Nothing compared is no verification: an empty output must not pass.
  return {
    ok: false,
    checked,
    mismatches: 1,
    first: { what: 'output', index: 0, actual: Number.NaN, expected: Number.NaN },
  };
}
