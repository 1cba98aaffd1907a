// Compares the bytes of an output with what is expected of it, scalar by scalar within a tolerance. Pure.
import type { ScalarPlace } from '../shader/kernel-interface.ts';
import type { Mismatch, Verification } from '../suite/verification.ts';
import type { BindingLayout } from './binding-layout.ts';
import { isInteger, scalarAccess } from './scalar-io.ts';

/** What a scalar should be: from where it lies, or the index of its element. */
export type ExpectedScalar = (place: ScalarPlace, at: number, element: number) => number;

interface Comparison {
  checked: number;
  mismatches: number;
  first: Mismatch | undefined;
}

/**
 * Compares every scalar of a binding, the header too unless it is left out.
 *
 * @param tolerance |actual − expected| ≤ tolerance · (1 + |expected|) for floats, integers must be equal; NaN equals NaN only where `nanIsEqual`.
 */
export function compareScalars(
  actual: Uint8Array,
  layout: BindingLayout,
  expected: ExpectedScalar,
  { tolerance, header, nanIsEqual }: { tolerance: number; header: boolean; nanIsEqual: boolean },
): Verification {
  const view = new DataView(actual.buffer, actual.byteOffset, actual.byteLength);
  const comparison: Comparison = { checked: 0, mismatches: 0, first: undefined };
  const compare = (place: ScalarPlace, at: number, element: number): void => {
    const got = scalarAccess(place.type).read(view, at);
    const want = expected(place, at, element);
    comparison.checked++;
    if (got === want) return;
    if (!isInteger(place.type) && Math.abs(got - want) <= tolerance * (1 + Math.abs(want))) return;
    if (nanIsEqual && Number.isNaN(got) && Number.isNaN(want)) return;
    comparison.mismatches++;
    comparison.first ??= { what: nameOf(layout, place), index: element, actual: got, expected: want };
  };
  if (header) for (const place of layout.headerScalars) compare(place, place.offset, 0);
  for (let element = 0; element < layout.elements; element++) {
    const start = layout.headerBytes + element * layout.elementBytes;
    for (const place of layout.elementScalars) compare(place, start + place.offset, element);
  }
  return conclude(layout, comparison);
}

/** What is compared with the same place of other bytes. */
export function sameAs(other: Uint8Array): ExpectedScalar {
  const view = new DataView(other.buffer, other.byteOffset, other.byteLength);
  return ({ type }, at) => scalarAccess(type).read(view, at);
}

function nameOf({ name }: BindingLayout, place: ScalarPlace): string {
  return place.name === '' ? name : `${name}.${place.name}`;
}

/** Nothing compared is no verification. */
function conclude(layout: BindingLayout, { checked, mismatches, first }: Comparison): Verification {
  if (first !== undefined) return { ok: false, checked, mismatches, first };
  if (checked > 0) return { ok: true, checked };
  const nothing = { what: layout.name, index: 0, actual: Number.NaN, expected: Number.NaN };
  return { ok: false, checked, mismatches: 1, first: nothing };
}
