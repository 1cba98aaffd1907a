// What a definition says of each binding, and which members can be given values by name. Pure.
import type { BindingInterface, KernelInterface, ScalarPlace } from '../shader/kernel-interface.ts';
import { rootOf, scalarsOf } from './contents.ts';
import { CONVENTION, conventionalElements, reads, writes } from './conventions.ts';
import type { BindingDefinition, Expected, Fill, Sourced } from './definition.ts';
import type { PlacedStatement } from './placed-statement.ts';

/** The bindings by name. */
export function bindingDefinitions(
  kernel: KernelInterface,
  statements: readonly PlacedStatement[],
): Readonly<Record<string, BindingDefinition>> {
  return Object.fromEntries(
    kernel.bindings.map((binding) => [binding.name, bindingDefinition(binding, statements)]),
  );
}

function bindingDefinition(
  binding: BindingInterface,
  statements: readonly PlacedStatement[],
): BindingDefinition {
  const said = {
    elements: elementsOf(binding),
    fill: conventionalFill(binding),
    expect: conventionalExpect(binding),
  };
  for (const { statement, from } of statements) {
    if (!('name' in statement) || statement.name !== binding.name) continue;
    if (statement.key === 'elements') said.elements = { value: statement.values, from };
    else if (statement.key === 'fill') said.fill = { value: statement.fill, from };
    else if (statement.key === 'expect') said.expect = { value: statement.expected, from };
  }
  return said;
}

function elementsOf(binding: BindingInterface): BindingDefinition['elements'] {
  const value = conventionalElements(binding);
  return value === null ? null : { value, from: CONVENTION };
}

function conventionalFill(binding: BindingInterface): Sourced<Fill> {
  return { value: reads(binding) ? { kind: 'random', seed: null } : { kind: 'zero' }, from: CONVENTION };
}

function conventionalExpect(binding: BindingInterface): Sourced<Expected> | null {
  return writes(binding) ? { value: { what: { kind: 'itself' }, tolerance: 0 }, from: CONVENTION } : null;
}

/** Scalars that have a name of their own: push constants and members of blocks. */
function namedScalars(kernel: KernelInterface): readonly ScalarPlace[] {
  return [
    ...kernel.pushConstants.flatMap(({ scalars }) => scalars),
    ...kernel.bindings.flatMap(namedScalarsOf),
  ];
}

/** More have no names that anybody would write. */
const MOST_NAMED = 4096;

/** The scalars of a block by name: what precedes an array, and an array of fixed length by its indices. */
export function namedScalarsOf(binding: BindingInterface): readonly ScalarPlace[] {
  const { name, headerBytes, headerScalars, elementBytes, elementCount, elementScalars } = binding;
  const count = elementCount ?? 0;
  if (elementBytes === null || count * elementScalars.length > MOST_NAMED) return headerScalars;
  const elements = Array.from({ length: count }, (_, index) =>
    elementScalars.map((scalar) => ({
      ...scalar,
      name: `${name}[${index}]${scalar.name === '' || scalar.name.startsWith('[') ? '' : '.'}${scalar.name}`,
      offset: headerBytes + index * elementBytes + scalar.offset,
    })),
  );
  return [...headerScalars, ...elements.flat()];
}

/** The scalars of a member; with null the names of all members. */
export function memberNames(kernel: KernelInterface, path: string | null): readonly string[] {
  const scalars = namedScalars(kernel);
  if (path !== null) return scalarsOf(scalars, path).map(({ name }) => name);
  return [...new Set(scalars.map(({ name }) => rootOf(name)))];
}
