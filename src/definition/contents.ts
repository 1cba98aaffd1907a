// The initial contents of a binding, scalar by scalar where it must be and by repetition where it may be: large buffers
// are filled in a fraction of a second. Reads files, and knows no device.
import { readFileSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import type { ScalarPlace } from '../shader/kernel-interface.ts';
import type { BindingLayout } from './binding-layout.ts';
import type { Fill } from './definition.ts';
import { evaluate, namesIn, type Scope } from './expression.ts';
import { isInteger, scalarAccess } from './scalar-io.ts';

/** A value for scalars of a binding: those of a member, by its path. */
export interface MemberValue {
  readonly path: string;
  readonly values: readonly number[];
}

/** Large buffers repeat their first elements; the period is a prime, so no power-of-two stride meets it. */
const RANDOM_PERIOD = 1_048_573;

/** Fills the bytes of a binding; the name `i` in an expression is the index of the element. */
export function fillContents(
  into: Uint8Array,
  layout: BindingLayout,
  fill: Fill,
  { axes, random }: { readonly axes: Scope; readonly random: Random },
): void {
  if (fill.kind === 'zero') return;
  if (fill.kind === 'file') {
    into.set(bytesOfFile(fill.path, layout.name, into.byteLength));
    return;
  }
  const value = valueOfScalar(fill, layout, axes, random);
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (const { type, offset } of layout.headerScalars) scalarAccess(type).write(view, offset, value(type, 0));
  const same = repeatsEvery(fill, layout);
  fillElements(view, layout, Math.min(same, layout.elements), value);
  repeat(into, layout, same);
}

type ScalarValue = (type: ScalarPlace['type'], index: number) => number;

function valueOfScalar(fill: Fill, layout: BindingLayout, axes: Scope, random: Random): ScalarValue {
  if (fill.kind === 'index') return (_, index) => index;
  if (fill.kind === 'number') {
    if (!namesIn(fill.value).includes('i') || Object.hasOwn(axes, 'i')) {
      const value = evaluate(fill.value, axes);
      return () => value;
    }
    const scope = { ...axes, i: 0 };
    return (_, index) => {
      scope.i = index;
      return evaluate(fill.value, scope);
    };
  }
  const count = Math.max(1, layout.elements);
  return (type) =>
    isInteger(type) ? Math.floor(random() * (type === 'bool' ? 2 : count)) : 2 * random() - 1;
}

/** From how many elements on they may repeat. */
function repeatsEvery(fill: Fill, { elements }: BindingLayout): number {
  if (fill.kind === 'random') return RANDOM_PERIOD;
  return fill.kind === 'number' && !namesIn(fill.value).includes('i') ? 1 : Math.max(1, elements);
}

function fillElements(view: DataView, layout: BindingLayout, count: number, value: ScalarValue): void {
  const scalars = layout.elementScalars.map(({ type, offset }) => ({
    type,
    offset,
    write: scalarAccess(type).write,
  }));
  for (let index = 0; index < count; index++) {
    const start = layout.headerBytes + index * layout.elementBytes;
    for (const { type, offset, write } of scalars) write(view, start + offset, value(type, index));
  }
}

/** Doubles what is there until all is full. */
function repeat(
  into: Uint8Array,
  { headerBytes, elementBytes, elements }: BindingLayout,
  filled: number,
): void {
  const end = headerBytes + elements * elementBytes;
  for (let at = headerBytes + filled * elementBytes; at < end; ) {
    const bytes = Math.min(at - headerBytes, end - at);
    into.copyWithin(at, headerBytes, headerBytes + bytes);
    at += bytes;
  }
}

/**
 * The bytes of a file that belongs to a binding.
 *
 * @throws GuestmarkError (usage) where it cannot be read or has another length.
 */
export function bytesOfFile(path: string, name: string, bytes: number): Uint8Array {
  let contents: Uint8Array;
  try {
    contents = readFileSync(path);
  } catch (cause) {
    throw new GuestmarkError('usage', `Cannot read ${path} for binding "${name}": it cannot be opened`, {
      cause,
    });
  }
  if (contents.byteLength === bytes) return contents;
  throw new GuestmarkError(
    'usage',
    `Cannot use ${path} for binding "${name}": it has ${contents.byteLength} bytes, the binding ${bytes}`,
    { hint: 'choose the size axis so that they agree' },
  );
}

/** Writes the scalars of members, over what a fill has put there: one value for all of a member, or one for each. */
export function writeMembers(
  into: Uint8Array,
  scalars: readonly ScalarPlace[],
  members: readonly MemberValue[],
): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (const { path, values } of members) {
    scalarsOf(scalars, path).forEach(({ type, offset }, index) => {
      scalarAccess(type).write(view, offset, (values.length === 1 ? values[0] : values[index]) ?? 0);
    });
  }
}

/** The scalars of a member: those whose path is its own or begins with it. */
export function scalarsOf(scalars: readonly ScalarPlace[], path: string): readonly ScalarPlace[] {
  return scalars.filter(
    ({ name }) => name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[`),
  );
}
