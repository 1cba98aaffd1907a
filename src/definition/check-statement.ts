// Whether a statement speaks of something that the shader has and can do: a misspelt name would say nothing. Pure.

import { GuestmarkError } from '../base/errors.ts';
import { constantName } from '../shader/constant-name.ts';
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import { writes } from './conventions.ts';
import { memberNames } from './define-bindings.ts';
import type { Origin } from './definition.ts';
import type { PlacedStatement } from './placed-statement.ts';
import type { StatementOf } from './statement.ts';

/** @throws GuestmarkError (usage) for a name that the shader does not have, or something that it cannot do. */
export function checkStatement(
  kernel: KernelInterface,
  path: string,
  { statement, from }: PlacedStatement,
): void {
  if (statement.key === 'elements' || statement.key === 'fill' || statement.key === 'expect') {
    const binding = bindingOf(kernel, path, statement.name, from);
    if (statement.key === 'elements') requireFreeSize(binding, path, from, statement.values.length);
    if (statement.key === 'expect') requireComparable(kernel, path, { statement, from }, binding);
  }
  if (statement.key === 'set' && memberNames(kernel, statement.name).length === 0) {
    const isConstant = kernel.constants.some((constant) => constantName(constant) === statement.name);
    if (isConstant)
      throw cannot(
        path,
        from,
        `"${statement.name}" is a specialization constant`,
        `write axis ${statement.name} = …`,
      );
    throw unknown(path, 'push constant or member', statement.name, from, memberNames(kernel, null));
  }
}

function bindingOf(
  { bindings }: KernelInterface,
  path: string,
  wanted: string,
  from: Origin,
): BindingInterface {
  const binding = bindings.find(({ name }) => name === wanted);
  if (binding !== undefined) return binding;
  const names = bindings.map(({ name }) => name);
  throw unknown(path, 'binding', wanted, from, names);
}

function requireComparable(
  kernel: KernelInterface,
  path: string,
  { statement, from }: { readonly statement: StatementOf<'expect'>; readonly from: Origin },
  binding: BindingInterface,
): void {
  const { name } = binding;
  if (!writes(binding)) {
    const outputs = kernel.bindings.filter(writes).map((one) => one.name);
    const hint = `it writes to ${outputs.join(', ') || 'no binding'}`;
    throw cannot(path, from, `it does not write to "${name}"`, hint);
  }
  const { what } = statement.expected;
  if (what.kind !== 'binding') return;
  const other = bindingOf(kernel, path, what.name, from);
  if (other === binding)
    throw cannot(path, from, `"${name}" is always equal to itself`, 'name another binding');
  if (layoutText(other) === layoutText(binding)) return;
  throw cannot(path, from, `"${name}" and "${other.name}" are of different types`, 'compare with a file');
}

/** Types and places of all scalars, to be compared. */
function layoutText({
  headerBytes,
  headerScalars,
  elementBytes,
  elementScalars,
  image,
}: BindingInterface): string {
  const places = [headerScalars, elementScalars].map((scalars) =>
    scalars.map(({ type, offset }) => [type, offset]),
  );
  return JSON.stringify([headerBytes, elementBytes, image?.format, places]);
}

function requireFreeSize(binding: BindingInterface, path: string, from: Origin, count: number): void {
  const { name, image, element, elementCount } = binding;
  // None at all: a function of a module gives it.
  if (count === 0) return;
  const most = image === null ? 1 : Number(image.dimensions.replace(/\D.*$/, '') || 2);
  if (image === null && (element === null || elementCount !== null)) {
    throw cannot(path, from, `the size of "${name}" is fixed by the shader`, 'leave its elements out');
  }
  if (count === most) return;
  throw cannot(path, from, `"${name}" takes ${most} size${most === 1 ? '' : 's'} and gets ${count}`);
}

function unknown(
  path: string,
  what: string,
  name: string,
  from: Origin,
  known: readonly string[],
): GuestmarkError {
  return cannot(path, from, `it has no ${what} "${name}"`, `it has ${known.join(', ') || 'none'}`);
}

function cannot(path: string, { kind, place }: Origin, state: string, hint?: string): GuestmarkError {
  const where = place ?? kind;
  return new GuestmarkError('usage', `Cannot define a benchmark of ${path} (${where}): ${state}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}
