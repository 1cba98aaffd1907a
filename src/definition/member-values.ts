// Which value each push constant and each member of a block gets: what is said, the axis of its name, or, where a missing
// value would decide how much a kernel does, an error with the line that gives it. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { BindingInterface, KernelInterface, ScalarPlace } from '../shader/kernel-interface.ts';
import { scalarsOf } from './contents.ts';
import { CONVENTION } from './conventions.ts';
import { namedScalarsOf, rootOf } from './define-bindings.ts';
import type { DefinitionDraft as Draft, ShaderDefinition, Sourced } from './definition.ts';
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
  const values: Values = {};
  const give = (name: string, otherwise: 'required' | 'zero' | 'filled'): void => {
    if (Object.keys(said).some((path) => rootOf(path) === name)) return;
    if (axes.has(name)) values[name] = { value: [parseExpression(name)], from: NAMED_LIKE_AXIS };
    else if (otherwise === 'zero') values[name] = { value: [parseExpression('0')], from: CONVENTION };
    else if (otherwise === 'required') throw missing(draft.path, kernel, name);
  };
  for (const { name } of kernel.pushConstants) give(name, 'required');
  for (const binding of kernel.bindings) {
    for (const [name, scalars] of membersOf(binding)) give(name, rule(binding, scalars));
  }
  return { ...values, ...said };
}

const NAMED_LIKE_AXIS = { kind: 'convention', place: 'named like an axis' } as const;

/** Integers of a uniform block decide sizes; other contents of it may be anything; a counter begins at 0. */
function rule({ kind }: BindingInterface, scalars: readonly ScalarPlace[]): 'required' | 'zero' | 'filled' {
  if (kind !== 'uniform') return 'zero';
  return scalars.length === 1 && scalars.every(({ type }) => isInteger(type)) ? 'required' : 'filled';
}

function membersOf({ headerScalars }: BindingInterface): ReadonlyMap<string, readonly ScalarPlace[]> {
  const members = new Map<string, ScalarPlace[]>();
  for (const scalar of headerScalars) {
    const root = rootOf(scalar.name);
    members.set(root, [...(members.get(root) ?? []), scalar]);
  }
  return members;
}

function saidValues(kernel: KernelInterface, path: string, statements: readonly PlacedStatement[]): Values {
  const said: Values = {};
  for (const { statement, from } of statements) {
    if (statement.key !== 'set') continue;
    const { name, values } = statement;
    for (const scalars of [kernel.pushConstants.flatMap((member) => member.scalars), ...headers(kernel)]) {
      requireFit(path, name, values.length, scalarsOf(scalars, name).length);
    }
    delete said[name];
    said[name] = { value: values, from };
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

function missing(path: string, { pushConstants }: KernelInterface, name: string): GuestmarkError {
  const what = pushConstants.some((member) => member.name === name) ? 'push constant' : 'uniform member';
  return new GuestmarkError('usage', `Cannot run ${path}: ${what} "${name}" has no value`, {
    hint: `add "#pragma guestmark axis ${name} = 1" to the shader, or give --axis ${name}=1`,
  });
}
