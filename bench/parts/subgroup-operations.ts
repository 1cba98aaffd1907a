// The operations of subgroups as the CPU does them, in 32-bit integers: the reference of the kernels that make them.
import { type Subgroup, subgroupsOf } from './subgroup-places.ts';

export type SubgroupOperation = 'reduce' | 'scan' | 'shuffle' | 'ballot' | 'broadcast';

/** Broadcasts come from these invocations in turn. */
const BROADCASTERS = 4;
/** Of the generator of W. H. Press and others, Numerical Recipes. */
const FACTOR = 1664525;
const VOTERS = 32;

/** Changes the values of a subgroup as the operation of a round does; `x` is in the order of its invocations. */
type Operate = (x: Uint32Array, round: number) => void;

const OPERATE: Readonly<Record<SubgroupOperation, Operate>> = {
  reduce: (x) => {
    const sum = x.reduce((total, value) => (total + value) >>> 0, 0);
    for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + sum;
  },
  scan: (x) => {
    for (let i = 1; i < x.length; i++) x[i] = (x[i] as number) + (x[i - 1] as number);
  },
  shuffle: (x) => {
    const first = x[0] as number;
    x.copyWithin(0, 1);
    x[x.length - 1] = first;
    for (let i = 0; i < x.length; i++) x[i] = Math.imul(x[i] as number, 2 * i + 1) + 1;
  },
  ballot: (x) => {
    let votes = 0;
    for (let i = 0; i < Math.min(VOTERS, x.length); i++) votes |= ((x[i] as number) >>> 31) << i;
    for (let i = 0; i < x.length; i++) x[i] = Math.imul(x[i] as number, FACTOR) + votes;
  },
  broadcast: (x, round) => {
    const added = 2 * (x[round % BROADCASTERS] as number) + 1;
    for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + added;
  },
};

/** How often the operation is made. */
interface Course {
  readonly rounds: number;
  /** Only by the first subgroup of a workgroup. */
  readonly alone: boolean;
}

/**
 * What the kernel should have written.
 *
 * @param start Values of the invocations of every workgroup.
 * @param places As the device gives them, of all invocations; see `subgroupsOf`.
 * @returns Empty where the places of a workgroup are implausible, which equals no result.
 */
export function subgroupResults(
  operation: SubgroupOperation,
  start: Uint32Array,
  places: Uint32Array,
  course: Course,
): Uint32Array {
  const results = new Uint32Array(places.length);
  let [known, ends]: [Uint32Array, Uint32Array] = [new Uint32Array(), new Uint32Array()];
  for (let first = 0; first < places.length; first += start.length) {
    const own = places.subarray(first, first + start.length);
    // As a rule all workgroups are made up alike, and are computed once.
    if (!areEqual(own, known)) {
      const subgroups = subgroupsOf(own);
      if (subgroups === null) return new Uint32Array();
      [known, ends] = [own, workgroupEnds(OPERATE[operation], start, subgroups, course)];
    }
    for (let i = 0; i < own.length; i++) results[first + i] = (ends[i] as number) + first / start.length;
  }
  return results;
}

function areEqual(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function workgroupEnds(
  operate: Operate,
  start: Uint32Array,
  subgroups: readonly Subgroup[],
  { rounds, alone }: Course,
): Uint32Array {
  const ends = new Uint32Array(start.length);
  for (const [subgroup, members] of subgroups.entries()) {
    const ownRounds = alone && subgroup > 0 ? 0 : rounds;
    const x = Uint32Array.from(members, (invocation) => start[invocation] as number);
    for (let round = 0; round < ownRounds; round++) operate(x, round);
    for (const [i, invocation] of members.entries()) ends[invocation] = x[i] as number;
  }
  return ends;
}
