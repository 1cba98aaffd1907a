// One step of a breadth-first search on a random graph: irregular reads, and atomics that decide who came first.
import {
  allOf,
  compareElements,
  defineBenchmark,
  type Elements,
  type Random,
  type Verification,
  type VerifyContext,
} from 'guestmark';
import { bitCount } from '../parts/bit-count.ts';
import { fillRandomColumns, fillVariedStarts, ROW_BLOCK } from '../parts/sparse-rows.ts';
import { firstOf, multipleOf, positiveInteger, stridedGroups } from '../parts/workgroup.ts';

/** Vertices of which one is in the frontier: so the edges of the frontier are known from the axes. */
const CLASSES = 8;
/** In the graph, whose edges are random, this class is as good as any other choice. */
const FRONTIER_CLASS = 3;
/** Bits of seen words: the frontier has been seen, and half of two other classes. */
const FRONTIER_BITS = 0x08080808;
const EARLIER_BITS = 0x60606060;

/** The frontier, in random order. */
function fillFrontier(into: Elements, _: unknown, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = CLASSES * i + FRONTIER_CLASS;
  for (let i = into.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = into[i] as number;
    into[i] = into[j] as number;
    into[j] = kept;
  }
}

function fillSeen(into: Elements, _: unknown, random: Random): void {
  for (let i = 0; i < into.length; i++)
    into[i] = FRONTIER_BITS | (Math.floor(random() * 2 ** 32) & EARLIER_BITS);
}

/** What the step should leave in `seen`. */
function expectedSeen(inputs: VerifyContext['inputs']): Uint32Array {
  const [starts, neighbours] = [inputs.starts as Uint32Array, inputs.neighbours as Uint32Array];
  const seen = (inputs.seenBefore as Uint32Array).slice();
  for (const vertex of inputs.frontier as Uint32Array) {
    const end = starts[vertex + 1] as number;
    for (let edge = starts[vertex] as number; edge < end; edge++) {
      const neighbour = neighbours[edge] as number;
      seen[neighbour >> 5] = (seen[neighbour >> 5] as number) | (1 << (neighbour & 31));
    }
  }
  return seen;
}

function compareStep({ inputs, outputs }: VerifyContext): Verification {
  const expected = expectedSeen(inputs);
  const before = inputs.seenBefore as Uint32Array;
  const [count, next] = [outputs.count as Uint32Array, outputs.next as Uint32Array];
  // Whatever is listed is taken off: a vertex listed twice, or wrongly, leaves a bit.
  const left = expected.map((word, i) => word ^ (before[i] as number));
  const added = left.reduce((sum, word) => sum + bitCount(word), 0);
  for (const vertex of next.subarray(0, Math.min(count[0] as number, next.length)))
    if (vertex >> 5 < left.length) left[vertex >> 5] = (left[vertex >> 5] as number) ^ (1 << (vertex & 31));
  return allOf(
    compareElements('count', count, () => added),
    compareElements('seen', outputs.seen as Uint32Array, expected),
    compareElements('vertices missing in next, or listed wrongly, as bits', left, () => 0),
  );
}

export default defineBenchmark({
  name: 'bfs-step',
  summary: 'One step of a breadth-first search: an eighth of the vertices of a random graph is the frontier',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'One invocation for each vertex of the frontier, which comes in random order, visits its neighbours (a graph in compressed rows, 1 to 2 · degree − 1 random neighbours a vertex). An atomic OR on a bit for each vertex tells who saw it first; that one appends it to the next frontier by an atomic addition. Before each step a copy of n / 8 bytes sets the bits back, and a fill sets the count to zero.',
    limit:
      'Random reads and atomics: an atomic for each edge, one more on a single address for each new vertex, and invocations that wait for the longest list of neighbours beside them.',
    verification:
      'The bits equal those of the same step on the CPU, the count equals the number of new vertices, and the list has each of them exactly once, in any order.',
    sources: [
      'P. Harish and P. J. Narayanan, Accelerating large graph algorithms on the GPU using CUDA, HiPC 2007',
      'SHOC, BFS',
      'Rodinia, bfs',
    ],
  },
  axes: { n: [2 ** 18], degree: [16], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { n: [2 ** 20] },
    full: { n: [2 ** 18, 2 ** 20, 2 ** 21], degree: [4, 16] },
  },
  requires: ({ n, degree, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('n', n, 2 * ROW_BLOCK),
      positiveInteger('degree', degree),
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
    ),
  buffers: {
    starts: {
      type: 'u32',
      elements: ({ n }) => n + 1,
      fill: (into, { degree }, random) => fillVariedStarts(into, degree, random),
    },
    neighbours: {
      type: 'u32',
      elements: ({ n, degree }) => n * degree,
      fill: (into, { n }, random) => fillRandomColumns(into, n, random),
    },
    frontier: { type: 'u32', elements: ({ n }) => n / CLASSES, fill: fillFrontier },
    seenBefore: { type: 'u32', elements: ({ n }) => n / 32, fill: fillSeen },
    seen: { type: 'u32', elements: ({ n }) => n / 32, fill: 'poison' },
    count: { type: 'u32', elements: () => 1, fill: 'poison' },
    next: { type: 'u32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    { op: 'copy', from: 'seenBefore', to: 'seen' },
    { op: 'fill', buffer: 'count', value: 0 },
    {
      op: 'dispatch',
      shader: 'bfs-step',
      constants: { WORKGROUP_SIZE },
      push: { length: n / CLASSES },
      groups: stridedGroups(n / CLASSES, WORKGROUP_SIZE),
    },
  ],
  // Rows of a block balance, and the frontier has one of each half of a block: its edges are degree on average.
  items: ({ n, degree }) => (n / CLASSES) * degree,
  itemName: 'edges',
  verify: (_, context) => compareStep(context),
});
