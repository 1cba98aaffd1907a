// Compares the bytes of an output with what is expected of it, scalar by scalar within a tolerance. Pure.
import type { ScalarPlace, ScalarTypeName } from '../shader/kernel-interface.ts';
import type { Mismatch, Verification } from '../suite/verification.ts';
import type { BindingLayout } from './binding-layout.ts';
import { isInteger, roundedScalar, scalarAccess } from './scalar-io.ts';

/** What an output should be: numbers by the index of the element, or other bytes of the same layout. */
export type Expectation =
  | { readonly kind: 'numbers'; readonly of: (element: number) => number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

interface Compared {
  readonly place: ScalarPlace;
  readonly read: (view: DataView, at: number) => number;
  /** Bytes that must be equal besides, because the number does not tell all of them. */
  readonly exactBytes: number;
}

/**
 * Compares every scalar of a binding. Numbers are meant for the elements of an array: what precedes it is left out.
 *
 * @param tolerance |actual − expected| ≤ tolerance · (1 + |expected|) for floats; integers must be equal. NaN equals NaN
 *   in the same place of other bytes, and no number.
 */
export function compareScalars(
  actual: Uint8Array,
  layout: BindingLayout,
  expectation: Expectation,
  tolerance: number,
): Verification {
  const view = viewOf(actual);
  const other = expectation.kind === 'bytes' ? viewOf(expectation.bytes) : null;
  const wanted = wantedScalars(expectation);
  let [checked, mismatches] = [0, 0];
  let first: Mismatch | undefined;
  forEachScalar(layout, other !== null || layout.elements === 0, (scalar, at, element) => {
    const got = scalar.read(view, at);
    const want = wanted(scalar, at, element);
    checked++;
    const isClose = isNear(scalar.place.type, got, want, tolerance) || (other !== null && bothNaN(got, want));
    if (isClose && (other === null || sameBytes(view, other, at, scalar.exactBytes))) return;
    mismatches++;
    first ??= { what: nameOf(layout, scalar.place), index: element, actual: got, expected: want };
  });
  return conclude(layout, checked, mismatches, first);
}

type Wanted = (scalar: Compared, at: number, element: number) => number;

/** A number is meant as the output's type holds it: 0.1 of a float is the float next to it; one too large is none. */
function wantedScalars(expectation: Expectation): Wanted {
  if (expectation.kind === 'numbers')
    return ({ place }, _, element) => {
      const value = expectation.of(element);
      const rounded = roundedScalar(place.type, value);
      return Number.isFinite(rounded) ? rounded : value;
    };
  const view = viewOf(expectation.bytes);
  return ({ read }, at) => read(view, at);
}

/** Infinity is near nothing but itself. */
function isNear(type: ScalarTypeName, got: number, want: number, tolerance: number): boolean {
  if (got === want) return true;
  return (
    !isInteger(type) && Number.isFinite(want) && Math.abs(got - want) <= tolerance * (1 + Math.abs(want))
  );
}

function bothNaN(got: number, want: number): boolean {
  return Number.isNaN(got) && Number.isNaN(want);
}

function sameBytes(one: DataView, other: DataView, at: number, bytes: number): boolean {
  for (let index = at; index < at + bytes; index++) {
    if (one.getUint8(index) !== other.getUint8(index)) return false;
  }
  return true;
}

function forEachScalar(
  layout: BindingLayout,
  withHeader: boolean,
  visit: (scalar: Compared, at: number, element: number) => void,
): void {
  const { headerBytes, headerScalars, elements, elementBytes, elementScalars } = layout;
  const header = withHeader ? comparedScalars(headerScalars, headerBytes) : [];
  for (const scalar of header) visit(scalar, scalar.place.offset, 0);
  const scalars = comparedScalars(elementScalars, elementBytes);
  for (let element = 0; element < elements; element++) {
    const start = headerBytes + element * elementBytes;
    for (const scalar of scalars) visit(scalar, start + scalar.place.offset, element);
  }
}

/** A double does not hold all 64-bit integers; of what cannot be read, all bytes up to the next scalar count. */
function comparedScalars(places: readonly ScalarPlace[], bytes: number): readonly Compared[] {
  return places.map((place, index) => {
    const end = places[index + 1]?.offset ?? bytes;
    const exactBytes = /64$|^address$/.test(place.type) ? 8 : place.type === 'other' ? end - place.offset : 0;
    return { place, read: scalarAccess(place.type).read, exactBytes };
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function nameOf({ name }: BindingLayout, place: ScalarPlace): string {
  return place.name === '' || place.name.startsWith('[') ? `${name}${place.name}` : `${name}.${place.name}`;
}

/** Nothing compared is no verification. */
function conclude(
  layout: BindingLayout,
  checked: number,
  mismatches: number,
  first: Mismatch | undefined,
): Verification {
  if (first !== undefined) return { ok: false, checked, mismatches, first };
  if (checked > 0) return { ok: true, checked };
  const nothing = { what: layout.name, index: 0, actual: Number.NaN, expected: Number.NaN };
  return { ok: false, checked, mismatches: 1, first: nothing };
}
