// The initial contents of a binding, scalar by scalar where it must be and by repetition where it may be: large buffers
// are filled in a fraction of a second. Reads files, and knows no device.
import { readFileSync, type Stats, statSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import type { ScalarPlace } from '../shader/kernel-interface.ts';
import type { BindingLayout } from './binding-layout.ts';
import type { Fill } from './definition.ts';
import { type Expression, evaluate, namesIn, type Scope } from './expression.ts';
import { fitsScalar, integersFrom0, isInteger, scalarAccess } from './scalar-io.ts';

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
  const same = repeatsEvery(fill, layout, axes);
  fillElements(view, layout, Math.min(same, layout.elements), value);
  repeat(into, layout, same);
}

type ScalarValue = (type: ScalarPlace['type'], index: number) => number;

function valueOfScalar(fill: Fill, layout: BindingLayout, axes: Scope, random: Random): ScalarValue {
  if (fill.kind === 'index') return (_, index) => index;
  if (fill.kind === 'number') {
    const number = numberByIndex(fill.value, axes);
    if (dependsOnIndex(fill.value, axes)) return (_, index) => number(index);
    const value = number(0);
    return (type) => {
      requireFit(type, layout.name, value);
      return value;
    };
  }
  const count = Math.max(1, layout.elements);
  return (type) =>
    isInteger(type) ? Math.floor(random() * Math.min(count, integersFrom0(type))) : 2 * random() - 1;
}

/** Whether an expression differs from element to element; an axis may be named `i` too. */
function dependsOnIndex(expression: Expression, axes: Scope): boolean {
  return namesIn(expression).includes('i') && !Object.hasOwn(axes, 'i');
}

/** The value of an expression for an element, whose index is `i`. */
export function numberByIndex(expression: Expression, axes: Scope): (index: number) => number {
  if (!dependsOnIndex(expression, axes)) {
    const value = evaluate(expression, axes);
    return () => value;
  }
  const scope = { ...axes, i: 0 };
  return (index) => {
    scope.i = index;
    return evaluate(expression, scope);
  };
}

/** What follows from an index wraps around as it would in the shader; a number that somebody wrote must fit. */
function requireFit(type: ScalarPlace['type'], name: string, value: number): void {
  if (fitsScalar(type, value)) return;
  throw new GuestmarkError('usage', `Cannot put ${value} into "${name}": it is of type ${type}`, {
    hint: 'give a value that the type can hold',
  });
}

/** From how many elements on they may repeat. */
function repeatsEvery(fill: Fill, { elements }: BindingLayout, axes: Scope): number {
  if (fill.kind === 'random') return RANDOM_PERIOD;
  return fill.kind === 'number' && !dependsOnIndex(fill.value, axes) ? 1 : Math.max(1, elements);
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
  const found = sizeOfFile(path, name);
  // Before it is read: what never ends must not be begun.
  if (found === bytes) return readFileSync(path);
  throw new GuestmarkError(
    'usage',
    `Cannot use ${path} for binding "${name}": it has ${found} bytes, the binding ${bytes}`,
    { hint: 'choose the size axis so that they agree' },
  );
}

function sizeOfFile(path: string, name: string): number {
  const cannot = (state: string, cause?: unknown): GuestmarkError =>
    new GuestmarkError('usage', `Cannot read ${path} for binding "${name}": ${state}`, { cause });
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (cause) {
    throw cannot('it cannot be opened', cause);
  }
  if (!stats.isFile()) throw cannot('it is no regular file');
  return stats.size;
}

/**
 * Writes the scalars of members, over what a fill has put there: one value for all of a member, or one for each.
 *
 * @throws GuestmarkError (usage) for a value that the type cannot hold, or another number of values.
 */
export function writeMembers(
  into: Uint8Array,
  scalars: readonly ScalarPlace[],
  members: readonly MemberValue[],
): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (const { scalar, value } of valuesOfScalars(scalars, members)) {
    requireFit(scalar.type, scalar.name, value);
    scalarAccess(scalar.type).write(view, scalar.offset, value);
  }
}

/**
 * Which value each scalar gets; of several for one scalar the last counts.
 *
 * @throws GuestmarkError (usage) for a number of values that is neither 1 nor that of the member's scalars.
 */
export function valuesOfScalars(
  scalars: readonly ScalarPlace[],
  members: readonly MemberValue[],
): readonly { readonly scalar: ScalarPlace; readonly value: number }[] {
  const byRoot = scalarsByRoot(scalars);
  return members.flatMap(({ path, values }) => {
    const found = scalarsOf(byRoot.get(rootOf(path)) ?? [], path);
    if (found.length > 0 && values.length !== 1 && values.length !== found.length) {
      throw new GuestmarkError(
        'usage',
        `Cannot set "${path}": it has ${found.length} scalars and gets ${values.length} values`,
        { hint: 'give one value for all of them or one for each' },
      );
    }
    return found.map((scalar, index) => ({
      scalar,
      value: (values.length === 1 ? values[0] : values[index]) as number,
    }));
  });
}

/** Members by the thousand, each looked for among all scalars, would take minutes. */
export function scalarsByRoot(scalars: readonly ScalarPlace[]): ReadonlyMap<string, readonly ScalarPlace[]> {
  const byRoot = new Map<string, ScalarPlace[]>();
  for (const scalar of scalars) {
    const root = rootOf(scalar.name);
    const known = byRoot.get(root);
    if (known === undefined) byRoot.set(root, [scalar]);
    else known.push(scalar);
  }
  return byRoot;
}

/** `lights` of `lights[0].color.x`. */
export function rootOf(name: string): string {
  return /^[^.[]*/.exec(name)?.[0] ?? name;
}

/** The scalars of a member: those whose path is its own or begins with it. */
export function scalarsOf(scalars: readonly ScalarPlace[], path: string): readonly ScalarPlace[] {
  return scalars.filter(({ name }) => isPartOf(name, path));
}

/** Whether a scalar is a member or lies in it. */
export function isPartOf(scalar: string, path: string): boolean {
  return scalar === path || scalar.startsWith(`${path}.`) || scalar.startsWith(`${path}[`);
}
