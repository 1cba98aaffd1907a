// What is measured for each question: which cases run alone, and which groups run together. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { Benchmark } from '../suite/benchmark.ts';
import type { Case } from '../suite/case-id.ts';
import { planCases } from '../suite/plan.ts';
import type { Group, Member, Role, TenantsCommand } from './tenants-report.ts';

/** What is run where nothing is selected: memory bandwidth is what tenants share on every device. */
export const DEFAULT_SELECTOR = 'copy';
/** The noisy neighbour where none is named: it reads two buffers and writes a third, as fast as it can. */
export const DEFAULT_AGGRESSOR = 'triad';

/** Large enough that a heap is full within a second or so; a low limit has smaller ones, because 16 must fit. */
const BLOCK_BYTES = 64 * 2 ** 20;
const LEAST_BLOCK_BYTES = 2 ** 16;
const LEAST_BLOCKS = 16;
/** More than any device has: its heap and the machine are the limit then. */
const NO_LIMIT_BYTES = 2 ** 40;

/** Fills memory block by block up to what the heap and the machine can give, marks every block, frees all, and begins again. */
export function memorySelector(limitBytes: number | null): string {
  const total = limitBytes ?? NO_LIMIT_BYTES;
  const fitting = 2 ** Math.floor(Math.log2(total / LEAST_BLOCKS));
  const bytes = Math.max(LEAST_BLOCK_BYTES, Math.min(BLOCK_BYTES, fitting));
  return `allocate-many[bytes=${bytes},total=${total}]`;
}

/** Kinds of work by what bounds them, each with a case that is small and of the built-in suite. */
export const WORK_CLASSES: readonly (readonly [name: string, selector: string])[] = [
  ['bandwidth', 'copy'],
  ['compute', 'fma-f32'],
  ['cache', 'working-set'],
  ['atomics', 'atomic-add[loops=1]'],
  ['latency', 'empty-submit'],
];

/** Groups with the cases that their members name. */
export interface Scenes {
  readonly groups: readonly Group[];
  readonly cases: ReadonlyMap<string, Case>;
}

type Chosen = Pick<TenantsCommand, 'scenario' | 'selectors' | 'aggressor' | 'tenants'>;

/**
 * Plans the groups: every case alone, then the groups together, in the order in which a round measures them.
 *
 * @throws GuestmarkError (usage) for selectors that do not fit the number of tenants.
 */
export function planScenes(benchmarks: readonly Benchmark[], command: Chosen): Scenes {
  const together = togetherGroups(benchmarks, command);
  const members = together.flatMap(({ group }) => group.members);
  const cases = new Map(together.flatMap((one) => one.cases).map((one) => [one.id, one]));
  const distinct = [...new Map(members.map((member) => [member.caseId, member])).values()];
  const alone = distinct.map(
    (member): Group => ({ kind: 'alone', members: [{ ...member, role: 'tenant' }] }),
  );
  return { groups: [...alone, ...together.map(({ group }) => group)], cases };
}

interface Scene {
  readonly group: Group;
  readonly cases: readonly Case[];
}

function togetherGroups(benchmarks: readonly Benchmark[], command: Chosen): readonly Scene[] {
  if (command.scenario === 'matrix') return pairs(benchmarks, command);
  const { tenants, aggressor } = command;
  const noisy = aggressor === null ? [] : [oneCase(benchmarks, aggressor)];
  const quiet = dealt(casesOf(benchmarks, command.selectors), tenants - noisy.length);
  const cases = [...quiet, ...noisy];
  const group = {
    kind: 'together',
    members: cases.map((one, i) => memberOf(one, roleOf(command, i))),
  } as const;
  return [{ group, cases }];
}

/** The last one is the aggressor, or the one that is killed, which may be an aggressor too. */
function roleOf({ scenario, tenants, aggressor }: Chosen, index: number): Role {
  if (index < tenants - 1) return aggressor === null ? 'tenant' : 'victim';
  if (scenario === 'kill' || scenario === 'memory') return 'killed';
  return aggressor === null ? 'tenant' : 'aggressor';
}

function memberOf({ id }: Case, role: Role, workClass: string | null = null): Member {
  return { role, caseId: id, workClass };
}

function casesOf(benchmarks: readonly Benchmark[], selectors: readonly string[]): readonly Case[] {
  const wanted = selectors.length === 0 ? [DEFAULT_SELECTOR] : selectors;
  return planCases(benchmarks, { suite: 'quick', selectors: wanted, axes: {} });
}

/** Tenants take the cases in turn. */
function dealt(cases: readonly Case[], tenants: number): readonly Case[] {
  if (cases.length > tenants) {
    const ids = cases.map(({ id }) => id);
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
    throw new GuestmarkError(
      'usage',
      `Cannot give ${cases.length} cases to ${tenants} tenants: ${ids.slice(0, 3).join(', ')}${more}`,
      { hint: 'give a larger -n, or pick cases in brackets, such as copy[n=16Mi]' },
    );
  }
  return Array.from({ length: tenants }, (_, i) => cases[i % cases.length] as Case);
}

/** @throws GuestmarkError (usage) where the selector names several. */
function oneCase(benchmarks: readonly Benchmark[], selector: string): Case {
  return dealt(casesOf(benchmarks, [selector]), 1)[0] as Case;
}

interface Kind {
  /** Null for a case that was selected. */
  readonly name: string | null;
  readonly one: Case;
}

function kindsOf(benchmarks: readonly Benchmark[], selectors: readonly string[]): readonly Kind[] {
  if (selectors.length > 0) return casesOf(benchmarks, selectors).map((one) => ({ name: null, one }));
  return WORK_CLASSES.map(([name, selector]) => ({ name, one: oneCase(benchmarks, selector) }));
}

/** Each kind of work beside each, itself included. */
function pairs(benchmarks: readonly Benchmark[], { selectors, tenants }: Chosen): readonly Scene[] {
  if (tenants !== 2) {
    const state = 'its groups are pairs';
    throw new GuestmarkError('usage', `Cannot measure a matrix of ${tenants} tenants: ${state}`, {
      hint: 'leave out -n',
    });
  }
  const kinds = kindsOf(benchmarks, selectors);
  return kinds.flatMap((first, i) =>
    kinds.slice(i).map((second): Scene => {
      const members = [first, second].map(({ name, one }) => memberOf(one, 'tenant', name));
      return { group: { kind: 'together', members }, cases: [first.one, second.one] };
    }),
  );
}
