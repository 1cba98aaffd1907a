// The axes of a shader and the values of its push constants and members: what statements say, what its specialization
// constants are, and conventions for the rest. Pure.

import { GuestmarkError } from '../base/errors.ts';
import { constantName } from '../shader/constant-name.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { conventionalValues } from './conventional-values.ts';
import { CONVENTION_AXES } from './conventions.ts';
import type { Draft, ShaderDefinition, Sourced } from './definition.ts';
import { type Expression, namesIn } from './expression.ts';
import { memberValues } from './member-values.ts';
import type { PlacedStatement } from './placed-statement.ts';

type Axes = Record<string, Sourced<readonly number[]>>;

/**
 * Chooses the axes, in the order in which they are mentioned, and the values.
 *
 * @throws GuestmarkError (usage) for a name that nothing has, an axis that nothing uses, a value that nothing gives.
 */
export function chooseAxes(
  kernel: KernelInterface,
  draft: Draft,
  statements: readonly PlacedStatement[],
): Pick<ShaderDefinition, 'axes' | 'values'> {
  const said = statedAxes(statements);
  const constants = constantAxes(kernel, said);
  const possible = { ...said, ...constants };
  const values = memberValues(
    kernel,
    draft,
    statements,
    new Set([...Object.keys(possible), ...CONVENTION_NAMES]),
  );
  const used = new Set([...expressionsOf(draft, values)].flatMap(namesIn));
  const stated = withoutForeign(kernel, said, used);
  requireUsed(kernel, draft, stated, used);
  const known = { ...stated, ...constants };
  requireFew(draft, Object.keys(known).length);
  const assumed = CONVENTION_NAMES.filter((name) => used.has(name) && !Object.hasOwn(known, name));
  const axes = { ...conventionalValues(kernel, draft, known, assumed), ...known };
  requireKnown(draft, axes, used);
  return { axes, values };
}

const CONVENTION_NAMES = Object.keys(CONVENTION_AXES) as readonly (keyof typeof CONVENTION_AXES)[];

function statedAxes(statements: readonly PlacedStatement[]): Axes {
  // Not by assignment: an axis may be called __proto__.
  return Object.fromEntries(
    statements.flatMap(({ statement, from }) =>
      statement.key === 'axis' ? [[statement.name, { value: statement.values, from }]] : [],
    ),
  );
}

/** Named constants are axes; one without a name is if somebody says so, and one whose default no axis can hold. */
function constantAxes({ constants }: KernelInterface, stated: Axes): Axes {
  return Object.fromEntries(
    constants.flatMap((constant) => {
      const name = constantName(constant);
      const value = Number(constant.default);
      const isExact =
        typeof constant.default === 'bigint' ? Number.isSafeInteger(value) : Number.isFinite(value);
      if (constant.name === null || Object.hasOwn(stated, name) || !isExact) return [];
      return [[name, { value: [value], from: { kind: 'shader', place: `constant_id ${constant.id}` } }]];
    }),
  );
}

function* expressionsOf(draft: Draft, values: ShaderDefinition['values']): Generator<Expression> {
  yield* draft.size.value.along;
  for (const amount of [draft.flops, draft.bytes]) if (amount !== null) yield amount.value;
  for (const { value } of Object.values(values)) yield* value;
  for (const { elements } of Object.values(draft.bindings)) if (elements !== null) yield* elements.value;
  yield* expressionsOfElements(draft);
}

/** Expressions that may also use `i`, the index of the element. */
function expressionsOfElements({ bindings }: Draft): readonly Expression[] {
  return Object.values(bindings).flatMap(({ fill, expect }) =>
    [fill.value, expect?.value.what].flatMap((what) => (what?.kind === 'number' ? [what.value] : [])),
  );
}

/** What the command line says may be meant for other benchmarks: that one of them has it is checked with the plan. */
function withoutForeign(kernel: KernelInterface, said: Axes, used: ReadonlySet<string>): Axes {
  const constants = new Set(kernel.constants.map(constantName));
  const isMine = (name: string): boolean => used.has(name) || constants.has(name);
  return Object.fromEntries(
    Object.entries(said).filter(([name, { from }]) => from.kind !== 'command line' || isMine(name)),
  );
}

/** More than any kernel has; points of axes are made by the hundred. */
const MOST_AXES = 256;

function requireFew({ path }: Draft, count: number): void {
  if (count <= MOST_AXES) return;
  throw new GuestmarkError('usage', `Cannot define a benchmark of ${path}: it has ${count} axes`, {
    hint: `name at most ${MOST_AXES} axes and specialization constants`,
  });
}

/** A misspelt axis would run, and change nothing. */
function requireUsed(kernel: KernelInterface, draft: Draft, stated: Axes, used: ReadonlySet<string>): void {
  const constants = new Set(kernel.constants.map(constantName));
  // Functions of a module may use any of them.
  if (draft.module !== null) return;
  for (const [name, { from }] of Object.entries(stated)) {
    if (used.has(name) || constants.has(name)) continue;
    const known = [...new Set([...used, ...constants])].filter((one) => one !== 'i');
    throw new GuestmarkError(
      'usage',
      `Cannot define a benchmark of ${draft.path} (${from.place ?? from.kind}): nothing uses the axis "${name}"`,
      { hint: `its axes: ${known.join(', ') || 'none'}` },
    );
  }
}

function requireKnown(draft: Draft, axes: Axes, used: ReadonlySet<string>): void {
  const withIndex = new Set(expressionsOfElements(draft).flatMap(namesIn));
  for (const name of used) {
    if (Object.hasOwn(axes, name) || (name === 'i' && withIndex.has('i'))) continue;
    throw new GuestmarkError(
      'usage',
      `Cannot define a benchmark of ${draft.path}: nothing is named "${name}"`,
      {
        hint: `its axes: ${Object.keys(axes).join(', ') || 'none'}; add "#pragma guestmark axis ${name} = 1"`,
      },
    );
  }
}
