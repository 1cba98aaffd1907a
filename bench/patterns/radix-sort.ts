// A radix sort of 32-bit keys, alone and with values: four passes from the lowest digit up, each stable.
import {
  type AxisPoint,
  allOf,
  type Benchmark,
  compareElements,
  defineBenchmark,
  type Elements,
  type Explanation,
  type Random,
  type Verification,
  type WorkStep,
} from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import { wholeSubgroups } from '../parts/whole-subgroups.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';

const DIGITS = 256;
/** Bits below the digit of each pass. */
const SHIFTS = [0, 8, 16, 24];
/** Keys that an invocation sorts at once. */
const KEYS_EACH = 8;
/** Keys that one core of a CPU was measured to sort in a second. */
const SOFTWARE_KEYS_PER_SECOND = 1e6;

type Shape = AxisPoint<'n' | 'WORKGROUP_SIZE' | 'groups'>;

/** Keys of a workgroup, a whole number of tiles, and how many workgroups that gives. */
function partsOf({ n, WORKGROUP_SIZE, groups }: Shape): { part: number; used: number } {
  const tiles = Math.ceil(n / (KEYS_EACH * WORKGROUP_SIZE));
  const tilesEach = Math.ceil(tiles / groups);
  return { part: tilesEach * KEYS_EACH * WORKGROUP_SIZE, used: Math.ceil(tiles / tilesEach) };
}

/** From the input, which stays, to and fro between two buffers: the last pass ends in `sorted`. */
function passes(shape: Shape, pairs: boolean): readonly WorkStep[] {
  const { part, used } = partsOf(shape);
  const constants = { WORKGROUP_SIZE: shape.WORKGROUP_SIZE };
  const names = ['', 'half', 'sorted', 'half', 'sorted'];
  return SHIFTS.flatMap((shift, pass): WorkStep[] => {
    const [from, to] = [names[pass] as string, names[pass + 1] as string];
    const keys = from === '' ? 'keys' : from;
    const values = from === '' ? 'values' : `${from}Values`;
    const scattered = pairs
      ? { keys, sorted: to, values, sortedValues: `${to}Values` }
      : { keys, sorted: to };
    const push = { n: shape.n, shift, part };
    const groups = [used, 1, 1] as const;
    return [
      { op: 'dispatch', shader: 'radix-sort-count', constants, push, buffers: { keys }, groups },
      { op: 'dispatch', shader: 'radix-sort-scan', constants, push: { parts: used }, groups: [DIGITS, 1, 1] },
      {
        op: 'dispatch',
        shader: `radix-sort-scatter-${pairs ? 'pairs' : 'keys'}`,
        constants,
        push,
        buffers: scattered,
        groups,
      },
    ];
  });
}

/** Every key on its own: a random fill repeats in a large buffer. */
function fillKeys(into: Elements, _: unknown, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * 2 ** 32);
}

/** A value is where its key came from. */
function fillValues(into: Elements): void {
  for (let i = 0; i < into.length; i++) into[i] = i;
}

/**
 * Every key stands where its value says that it came from, no key is smaller than the one before it, and of equal keys
 * the earlier comes first: then no value is there twice, so they are a permutation, and the sort is stable.
 */
function comparePairs(keys: Uint32Array, sorted: Uint32Array, values: Uint32Array): Verification {
  const order = new Uint8Array(sorted.length);
  for (let i = 0; i < order.length; i++) order[i] = isInOrder(sorted, values, i) ? 1 : 0;
  return allOf(
    compareElements('sorted', sorted, (i) => keys[values[i] as number] as number),
    compareElements('order of sorted and sortedValues', order, () => 1),
  );
}

function isInOrder(sorted: Uint32Array, values: Uint32Array, i: number): boolean {
  if (i === 0) return true;
  const [before, key] = [sorted[i - 1] as number, sorted[i] as number];
  return before < key || (before === key && (values[i - 1] as number) < (values[i] as number));
}

function compareKeys(keys: Uint32Array, sorted: Uint32Array): Verification {
  const expected = keys.slice().sort();
  return compareElements('sorted', sorted, expected);
}

function explanation(pairs: boolean): Explanation {
  return {
    method: `Four passes from the lowest byte up. Each counts the digits of a part of the keys per workgroup, scans the counts along the workgroups, and scatters: a workgroup sorts tiles of ${KEYS_EACH} keys per invocation in shared memory by two times four bits, and writes equal digits together. Workgroups scan with subgroup arithmetic, of any subgroup size. The first pass reads the input, which stays as it is, so every iteration sorts the same unsorted keys and nothing is copied.`,
    limit:
      'Memory, and the scattered writes of its runs. A pass reads the keys twice and writes them once (values: once and once), and those are the bytes that are counted. With decoupled look-back a pass would read the keys once less, but that needs workgroups that wait for each other, which Vulkan does not promise to work. On a software device generated code and barriers limit it.',
    verification: pairs
      ? 'Every value names the place of its key in the input, every key is at least as large as the one before it, and of equal keys the earlier comes first: so the values are a permutation, and the sort is stable.'
      : 'Every key equals that of a sort of the same keys on the CPU, which also makes them a permutation.',
    sources: [
      'N. Satish, M. Harris and M. Garland, Designing efficient sorting algorithms for manycore GPUs, IPDPS 2009',
      'D. Merrill and A. Grimshaw, High performance and scalable radix sorting, Parallel Processing Letters 21, 2011',
      'SHOC, Sort',
    ],
  };
}

function radixSort(pairs: boolean): Benchmark {
  const buffer = { type: 'u32', elements: ({ n }: Shape) => n } as const;
  const poisoned = { ...buffer, fill: 'poison' } as const;
  const wordsEach = pairs ? 5 : 3;
  return defineBenchmark({
    name: pairs ? 'radix-sort-pairs' : 'radix-sort',
    summary: `Stable radix sort of n 32-bit keys${pairs ? ' with 32-bit values' : ''}: 4 passes of 8 bits`,
    kind: 'throughput',
    category: 'patterns',
    explanation: explanation(pairs),
    axes: { n: [2 ** 16], WORKGROUP_SIZE: [256], groups: [1024] },
    suites: pairs
      ? { standard: { n: [2 ** 24] }, full: { n: [16, 18, 20, 22, 24, 25].map((log) => 2 ** log) } }
      : {
          quick: {},
          standard: { n: [2 ** 16, 2 ** 24] },
          full: { n: [16, 18, 20, 22, 24, 25].map((log) => 2 ** log) },
        },
    requires: ({ n, WORKGROUP_SIZE, groups }) =>
      firstOf(positiveInteger('n', n), wholeSubgroups(WORKGROUP_SIZE), positiveInteger('groups', groups)),
    skips: ({ n }, device) => slowInSoftware(device, n, SOFTWARE_KEYS_PER_SECOND),
    buffers: {
      keys: { ...buffer, fill: fillKeys },
      half: poisoned,
      sorted: poisoned,
      counts: { type: 'u32', elements: ({ groups }) => DIGITS * groups, fill: 'poison' },
      totals: { type: 'u32', elements: () => DIGITS, fill: 'poison' },
      ...(pairs
        ? { values: { ...buffer, fill: fillValues }, halfValues: poisoned, sortedValues: poisoned }
        : {}),
    },
    work: (shape) => passes(shape, pairs),
    bytes: ({ n }) => SHIFTS.length * wordsEach * 4 * n,
    items: ({ n }) => n,
    itemName: 'keys',
    verify: (_, { inputs, outputs }) => {
      const [keys, sorted] = [inputs.keys as Uint32Array, outputs.sorted as Uint32Array];
      return pairs
        ? comparePairs(keys, sorted, outputs.sortedValues as Uint32Array)
        : compareKeys(keys, sorted);
    },
  });
}

export default [radixSort(false), radixSort(true)];
