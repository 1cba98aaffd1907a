// A definition at one point of its axes: sizes, contents, values and counts as numbers. What expressions say, unless a
// module brought a function. Pure but for files that fill bindings.

import { ownValue } from '../base/own-value.ts';
import type { Random } from '../base/random.ts';
import { constantName } from '../shader/constant-name.ts';
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import type { AxisPoint, Elements } from '../suite/benchmark.ts';
import type { NamedValues } from '../vulkan/compute-device.ts';
import { type BindingLayout, layoutOf } from './binding-layout.ts';
import { fillContents, type MemberValue, valuesOfScalars, writeMembers } from './contents.ts';
import { isSupported, reads, writes } from './conventions.ts';
import { namedScalarsOf } from './define-bindings.ts';
import type { BindingDefinition, ShaderDefinition } from './definition.ts';
import { itemsAt, type Triple, workgroupsAt } from './dispatch-size.ts';
import { type Expression, evaluate, parseExpression } from './expression.ts';
import type { ModuleFunctions, Size } from './module-functions.ts';

/** A definition with its kernel and the functions of its module that are in force. */
export interface Expandable {
  readonly definition: ShaderDefinition;
  readonly kernel: KernelInterface;
  readonly functions: ModuleFunctions;
}

/** The layout of a binding. */
export function bindingAt(
  { definition, functions }: Expandable,
  binding: BindingInterface,
  axes: AxisPoint,
): BindingLayout {
  const said = definition.bindings[binding.name] as BindingDefinition;
  const sizes = ownValue(functions.elements, binding.name);
  if (sizes === undefined) return layoutOf(binding, said, axes);
  const value = asExpressions(sizes(axes));
  return layoutOf(binding, { ...said, elements: { value, from: { kind: 'module', place: null } } }, axes);
}

/** Numbers of a function as expressions, so that they are checked in the same place. */
function asExpressions(size: Size): readonly Expression[] {
  return (typeof size === 'number' ? [size] : size).map((value) => ({
    ...parseExpression('0'),
    text: String(value),
    root: { kind: 'number', value },
  }));
}

/** Workgroups along x, y, z. */
export function groupsAt({ definition, kernel, functions }: Expandable, axes: AxisPoint): Triple {
  return workgroupsAt(sizeWith(definition, functions, axes), kernel, axes);
}

/** Invocations that do work. */
export function invocationsAt({ definition, kernel, functions }: Expandable, axes: AxisPoint): number {
  return itemsAt(sizeWith(definition, functions, axes), kernel, axes);
}

function sizeWith(
  { size }: ShaderDefinition,
  { items, groups }: ModuleFunctions,
  axes: AxisPoint,
): ShaderDefinition['size']['value'] {
  if (groups !== undefined) return { of: 'groups', along: asExpressions(groups(axes)) };
  return items === undefined ? size.value : { of: 'items', along: asExpressions(items(axes)) };
}

/** Floating-point operations of one dispatch; undefined where nobody says. */
export function flopsAt({ definition, functions }: Expandable, axes: AxisPoint): number | undefined {
  if (functions.flops !== undefined) return functions.flops(axes);
  return definition.flops === null ? undefined : evaluate(definition.flops.value, axes);
}

/** Bytes that one dispatch moves: what is said, else what storage bindings hold, once for each direction of their use. */
export function bytesAt(expandable: Expandable, axes: AxisPoint): number {
  const { definition, kernel, functions } = expandable;
  if (functions.bytes !== undefined) return functions.bytes(axes);
  if (definition.bytes !== null) return evaluate(definition.bytes.value, axes);
  const moved = kernel.bindings.map(
    (binding) => directions(binding) * bindingAt(expandable, binding, axes).bytes,
  );
  return moved.reduce((sum, bytes) => sum + bytes, 0);
}

/** How often a binding's contents pass: not at all where it is unused or a uniform block, which caches hold. */
function directions(binding: BindingInterface): number {
  if (binding.kind === 'uniform' || binding.use === 'none' || !isSupported(binding.kind)) return 0;
  return (reads(binding) ? 1 : 0) + (writes(binding) ? 1 : 0);
}

/** Specialization constants that are axes. */
export function constantsAt({ kernel }: Expandable, axes: AxisPoint): NamedValues {
  const named = kernel.constants.map((constant) => constantName(constant));
  return Object.fromEntries(
    named.filter((name) => Object.hasOwn(axes, name)).map((name) => [name, axes[name] as number]),
  );
}

/** Push constants: for each member a value for each of its scalars. */
export function pushAt(expandable: Expandable, axes: AxisPoint): NamedValues {
  const { pushConstants } = expandable.kernel;
  const all = pushConstants.flatMap(({ scalars }) => scalars);
  const given = valuesOfScalars(all, memberValuesAt(expandable, axes));
  const values = new Map(given.map(({ scalar, value }) => [scalar, value]));
  return Object.fromEntries(
    pushConstants.map(({ name, scalars }) => [name, scalars.map((scalar) => values.get(scalar) ?? 0)]),
  );
}

function memberValuesAt({ definition, functions }: Expandable, axes: AxisPoint): readonly MemberValue[] {
  return Object.entries(definition.values).map(([path, { value }]) => {
    // No values at all: a function of the module has them.
    const own = value.length === 0 ? ownValue(functions.set, path) : undefined;
    const expressions = own === undefined ? value : asExpressions(own(axes));
    return { path, values: expressions.map((expression) => evaluate(expression, axes)) };
  });
}

/** Writes the initial contents of a binding. */
export function fillBinding(
  expandable: Expandable,
  binding: BindingInterface,
  into: Elements,
  { axes, random }: { readonly axes: AxisPoint; readonly random: Random },
): void {
  const { definition, functions } = expandable;
  const defined = (definition.bindings[binding.name] as BindingDefinition).fill;
  const fill = ownValue(functions.fill, binding.name);
  if (typeof fill === 'function') {
    fill(into, axes, random);
    return;
  }
  const layout = bindingAt(expandable, binding, axes);
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  const wanted =
    fill === undefined ? defined.value : fill === 'zero' ? { kind: fill } : { kind: fill, seed: null };
  fillContents(bytes, layout, wanted, { axes, random });
  if (wanted.kind !== 'file') writeMembers(bytes, namedScalarsOf(binding), memberValuesAt(expandable, axes));
}
