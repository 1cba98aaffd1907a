// The plainest Monte Carlo method there is, with exact counts: the generator and the decision are integers, so the CPU
// finds the same hits from the same counters.
import { allOf, compareElements, defineBenchmark, type Verification } from 'guestmark';
import { philox4x32 } from '../parts/philox.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, stridedGroups, wholeGroups } from '../parts/workgroup.ts';

/** Points of one draw. */
const POINTS = 4;
/** Draws that the CPU makes again; a microsecond each. */
const MOST_DRAWS = 2 ** 17;
/** Standard deviations that the share of hits may be from π / 4: 1 in 10^15 runs is beyond 8. */
const MOST_DEVIATIONS = 8;

/** Hits of an invocation: points with x² + y² < 2^32, of x in 0…65535 and y in 1…65536. */
function hitsOf(stream: Uint32Array, invocation: number, loops: number): number {
  const [c2 = 0, c3 = 0, k0 = 0, k1 = 0] = stream;
  const words = new Uint32Array(POINTS);
  let hits = 0;
  for (let draw = 0; draw < loops; draw++) {
    philox4x32([invocation, draw, c2, c3, k0, k1], words);
    for (let point = 0; point < POINTS; point++) {
      const word = words[point] as number;
      hits += (word & 0xffff) ** 2 + ((word >>> 16) + 1) ** 2 < 2 ** 32 ? 1 : 0;
    }
  }
  return hits;
}

/** The estimate itself: hits of all invocations, binomially distributed about π / 4 of the points. */
function compareSum(hits: Uint32Array, points: number): Verification {
  let sum = 0;
  for (const count of hits) sum += count;
  const share = Math.PI / 4;
  const deviation = Math.sqrt(points * share * (1 - share));
  return compareElements('sum of hits', [sum], () => points * share, {
    absolute: MOST_DEVIATIONS * deviation,
  });
}

export default defineBenchmark({
  name: 'monte-carlo-pi',
  summary: 'Monte Carlo estimate of π from random points of Philox4x32-10',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Every invocation draws points of the unit square from its own counters, four at a time, and counts those in the quarter circle.',
    limit:
      'The integer units, above all 32-bit multiplications with both halves of the product: nothing but a count per invocation reaches memory.',
    verification:
      'The counts of whole workgroups, the first and the last among them, exactly, from the same counters in JavaScript; the sum of all lies within 8 standard deviations of π / 4. The generator’s known answers are checked by the benchmark philox, from the same source.',
    sources: ['J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC’11'],
  },
  axes: { invocations: [2 ** 20], loops: [16], WORKGROUP_SIZE: [256] },
  suites: {
    quick: { invocations: [2 ** 18] },
    standard: {},
    full: { loops: [16, 256], WORKGROUP_SIZE: [64, 256, 1024] },
  },
  requires: ({ invocations, loops, WORKGROUP_SIZE }) =>
    firstOf(wholeGroups({ invocations, WORKGROUP_SIZE }), tripCount('loops', loops)),
  buffers: {
    stream: { type: 'u32', elements: () => 4, fill: 'random' },
    hits: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
  },
  work: ({ invocations, loops, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'monte-carlo-pi',
      constants: { WORKGROUP_SIZE },
      push: { loops },
      groups: stridedGroups(invocations, WORKGROUP_SIZE),
    },
  ],
  items: ({ invocations, loops }) => POINTS * loops * invocations,
  itemName: 'points',
  doubles: 'loops',
  verify: ({ invocations, loops, WORKGROUP_SIZE }, { inputs, outputs }) => {
    const stream = inputs.stream as Uint32Array;
    const hits = outputs.hits as Uint32Array;
    const groups = sampledIndices(invocations / WORKGROUP_SIZE, MOST_DRAWS / (loops * WORKGROUP_SIZE));
    const compareGroup = (group: number): Verification => {
      const start = group * WORKGROUP_SIZE;
      const actual = hits.subarray(start, start + WORKGROUP_SIZE);
      return compareElements(`hits of workgroup ${group}`, actual, (lane) =>
        hitsOf(stream, start + lane, loops),
      );
    };
    return allOf(...groups.map(compareGroup), compareSum(hits, POINTS * loops * invocations));
  },
});
