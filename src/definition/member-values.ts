// Which value each push constant and each member of a block gets: what is said, the axis of its name, or, where a missing
// value would decide how much a kernel does, an error with the line that gives it. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { BindingInterface, KernelInterface, ScalarPlace } from '../shader/kernel-interface.ts';
import { isPartOf, rootOf, scalarsByRoot, scalarsOf } from './contents.ts';
import { CONVENTION } from './conventions.ts';
import { namedScalarsOf } from './define-bindings.ts';
import type { Draft, ShaderDefinition, Sourced } from './definition.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { isInteger } from './scalar-io.ts';

type Values = Record<string, Sourced<readonly Expression[]>>;

/**
 * The values by member or path.
 *
 * @param axes Names that are axes or may become one by convention.
 * @throws GuestmarkError (usage) for a member without a value, or a wrong number of values.
 */
export function memberValues(
  kernel: KernelInterface,
  draft: Draft,
  statements: readonly PlacedStatement[],
  axes: ReadonlySet<string>,
): ShaderDefinition['values'] {
  const said = saidValues(kernel, draft.path, statements);
  const given = (name: string, { scalars, otherwise }: Member): [string, Values[string]][] => {
    if (said.has(name)) return [];
    if (axes.has(name)) return [[name, { value: [parseExpression(name)], from: NAMED_LIKE_AXIS }]];
    if (otherwise === 'zero') return [[name, { value: [parseExpression('0')], from: CONVENTION }]];
    const open = otherwise === 'filled' ? undefined : scalars.find((one) => !isSaid(one.name, said));
    if (open !== undefined) throw missing(draft.path, kernel, scalars, open);
    return [];
  };
  // What is said comes last: it may be a part of a member whose rest has its value from a convention.
  return Object.fromEntries([...members(kernel).flatMap(([name, member]) => given(name, member)), ...said]);
}

interface Member {
  readonly scalars: readonly ScalarPlace[];
  readonly otherwise: 'required' | 'zero' | 'filled';
}

function members(kernel: KernelInterface): readonly (readonly [string, Member])[] {
  return [
    ...kernel.pushConstants.map(({ name, scalars }): [string, Member] => [
      name,
      { scalars, otherwise: 'required' },
    ]),
    ...kernel.bindings.flatMap((binding) =>
      [...scalarsByRoot(binding.headerScalars)].map(([name, scalars]): [string, Member] => [
        name,
        { scalars, otherwise: rule(binding, scalars) },
      ]),
    ),
  ];
}

function isSaid(scalar: string, said: ReadonlyMap<string, unknown>): boolean {
  return [...said.keys()].some((path) => isPartOf(scalar, path));
}

const NAMED_LIKE_AXIS = { kind: 'convention', place: 'named like an axis' } as const;

/** An integer or a vector of them. */
const MOST_REQUIRED = 4;

/** Integers of a uniform block decide sizes; other contents of it may be anything; a counter begins at 0. */
function rule({ kind }: BindingInterface, scalars: readonly ScalarPlace[]): Member['otherwise'] {
  if (kind !== 'uniform') return 'zero';
  return scalars.length <= MOST_REQUIRED && scalars.every(({ type }) => isInteger(type))
    ? 'required'
    : 'filled';
}

/** In the order in which they are said last: a part of a member may follow the whole. */
function saidValues(
  kernel: KernelInterface,
  path: string,
  statements: readonly PlacedStatement[],
): ReadonlyMap<string, Values[string]> {
  const said = new Map<string, Values[string]>();
  const places = [kernel.pushConstants.flatMap((member) => member.scalars), ...headers(kernel)];
  for (const { statement, from } of statements) {
    if (statement.key !== 'set') continue;
    const { name, values } = statement;
    for (const scalars of places) {
      requireFit(path, name, values.length, scalarsOf(scalars, name).length);
    }
    said.delete(name);
    said.set(name, { value: values, from });
  }
  return said;
}

function headers({ bindings }: KernelInterface): readonly (readonly ScalarPlace[])[] {
  return bindings.map(namedScalarsOf);
}

function requireFit(path: string, name: string, given: number, scalars: number): void {
  // None at all: a function of a module gives them.
  if (scalars === 0 || given <= 1 || given === scalars) return;
  throw new GuestmarkError(
    'usage',
    `Cannot set "${name}" of ${path}: it has ${scalars} scalars and gets ${given} values`,
    {
      hint: 'give one value for all of them or one for each',
    },
  );
}

function missing(
  path: string,
  { pushConstants }: KernelInterface,
  scalars: readonly ScalarPlace[],
  open: ScalarPlace,
): GuestmarkError {
  const root = rootOf(open.name);
  const what = pushConstants.some(({ name }) => name === root) ? 'push constant' : 'uniform member';
  const isPlain = scalars.length === 1 && open.name === root && /^[A-Za-z_]\w*$/.test(root);
  const ones = scalars.map(() => '1').join(', ');
  const hint = isPlain
    ? `add "#pragma guestmark axis ${root} = 1" to the shader, or give --axis ${root}=1`
    : `add "#pragma guestmark set ${root} = ${scalars.length <= MOST_REQUIRED ? ones : '1'}" to the shader`;
  return new GuestmarkError('usage', `Cannot run ${path}: ${what} "${open.name}" has no value`, { hint });
}
