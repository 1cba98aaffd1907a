// Push constants, members of blocks and specialization constants in words, with the value that each gets. Pure.
import { constantName } from '../shader/constant-name.ts';
import type { KernelInterface, ScalarPlace } from '../shader/kernel-interface.ts';
import { rootOf, scalarsByRoot, scalarsOf } from './contents.ts';
import { CONVENTION } from './conventions.ts';
import { namedScalarsOf } from './define-bindings.ts';
import type { ConstantDescription, MemberDescription, Stated } from './description.ts';
import type { Expandable } from './expand-definition.ts';
import { fromModule } from './module-origin.ts';

/** Push constants first, then the members of every block; a member with several values has a line for each. */
export function describeMembers(expandable: Expandable): readonly MemberDescription[] {
  const { kernel } = expandable;
  const values = statedValues(expandable);
  const pushed = kernel.pushConstants.flatMap(({ name, type, offset, scalars }) =>
    membersAt(name, scalars, values.get(name)).map((member) =>
      member.name === name ? { ...member, type, offset } : member,
    ),
  );
  // A module without a function for it leaves it at 0.
  const push = pushed.map((member) => ({ ...member, binding: null, value: member.value ?? ZERO }));
  const blocks = kernel.bindings.flatMap((binding) => {
    const { name, headerScalars } = binding;
    const byRoot = scalarsByRoot(namedScalarsOf(binding));
    const roots = new Set(headerScalars.map((scalar) => rootOf(scalar.name)));
    // An array of fixed length is a member where somebody sets one of its elements.
    if (pathsIn(byRoot.get(name) ?? [], values.get(name)).length > 0) roots.add(name);
    return [...roots]
      .flatMap((root) => membersAt(root, byRoot.get(root) ?? [], values.get(root)))
      .map((member) => ({ ...member, binding: name }));
  });
  return [...push, ...blocks];
}

const ZERO: Stated = { text: '0', from: CONVENTION };

/** Values by path. */
type Values = ReadonlyMap<string, Stated>;

/** What is said of each root and its parts; a function of a module comes last and wins. */
function statedValues({ definition, functions }: Expandable): ReadonlyMap<string, Values> {
  const said = Object.entries(definition.values)
    .filter(([, { value }]) => value.length > 0)
    .map(
      ([path, { value, from }]) => [path, { text: value.map(({ text }) => text).join(', '), from }] as const,
    );
  const set = Object.keys(functions.set ?? {}).map(
    (path) => [path, fromModule(definition, `set.${path}()`)] as const,
  );
  const byRoot = new Map<string, Map<string, Stated>>();
  for (const [path, value] of [...said, ...set]) {
    const root = rootOf(path);
    byRoot.set(root, (byRoot.get(root) ?? new Map<string, Stated>()).set(path, value));
  }
  return byRoot;
}

type Member = Omit<MemberDescription, 'binding'>;

/** Those of the paths that lead to scalars. */
function pathsIn(scalars: readonly ScalarPlace[], values: Values = new Map()): readonly string[] {
  return [...values.keys()].filter((path) => scalarsOf(scalars, path).length > 0);
}

/** A member and what is said of it or of its parts. */
function membersAt(root: string, scalars: readonly ScalarPlace[], values?: Values): readonly Member[] {
  const paths = pathsIn(scalars, values);
  return (paths.length === 0 ? [root] : paths).map((path) => {
    const own = scalarsOf(scalars, path);
    return { name: path, type: typeOf(own), offset: own[0]?.offset ?? 0, value: values?.get(path) ?? null };
  });
}

/** `float`, `4 × float`, `12 scalars`. */
function typeOf(scalars: readonly ScalarPlace[]): string {
  const types = new Set(scalars.map(({ type }) => type));
  if (types.size !== 1) return `${scalars.length} scalars`;
  const [type] = types;
  return scalars.length === 1 ? String(type) : `${scalars.length} × ${type}`;
}

/** The specialization constants and the axes that set them. */
export function describeConstants(
  { constants }: KernelInterface,
  axes: Readonly<Record<string, unknown>>,
): readonly ConstantDescription[] {
  return constants.map((constant) => {
    const axis = constantName(constant);
    const { id, name, type } = constant;
    return {
      id,
      name,
      type,
      default: String(constant.default),
      axis: Object.hasOwn(axes, axis) ? axis : null,
    };
  });
}
