// Bit operations, which hashing, ciphers, sets and games count in: each at its own rate, because devices differ by a
// factor of eight between them.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { bitCount } from '../parts/bit-count.ts';
import { CHAINS } from '../parts/multiply-add.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, oneOf, stridedGroups, wholeGroups } from '../parts/workgroup.ts';

/** Steps of a chain in one iteration of the kernel's loop. */
const STEPS = 4;
/** Invocations with chains of their own: those after them repeat the same. */
const SEEDS = 256;
/** The golden ratio in 32 bits, as in Weyl sequences: odd, so that the walk visits every value. */
const B = 0x9e3779b9;

type Operation = (x: number) => number;

const lowestBit = (x: number): number => (x === 0 ? -1 : 31 - Math.clz32(x & -x));

function reversed(x: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) result |= ((x >>> bit) & 1) << (31 - bit);
  return result;
}

function mixed(x: number): number {
  const left = x ^ (x << 13);
  const right = left ^ (left >>> 17);
  return right ^ ((right << 5) & 0x9d2c5680);
}

/** The sum of an invocation's chains after so many steps, modulo 2^32. */
function sumOfChains(operation: Operation, seed: number, chains: number, steps: number): number {
  let sum = 0;
  for (let chain = 0; chain < chains; chain++) {
    let x = (seed + Math.imul(chain, B)) | 0;
    for (let step = 0; step < steps; step++) x = (x + operation(x) + B) | 0;
    sum = (sum + x) | 0;
  }
  return sum >>> 0;
}

/** @param counted Operations of a step that count as items. */
function bitOps(name: string, what: string, operation: Operation, counted = 1): Benchmark {
  return defineBenchmark({
    name: `bit-ops-${name}`,
    summary: `Rate of ${what} on 32-bit integers, in independent chains`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method: `Chains x += f(x) + b in registers, where f is ${what}; ${STEPS} steps of each chain in an iteration of the loop.`,
      limit:
        'The integer units of the device; counting and reversing often run at a quarter or less of the rate of additions. One chain shows the latency where few invocations run. On a software device the vector instructions of the CPU limit it.',
      verification:
        'All results, exactly: each is the sum of chains that start from random numbers and that the CPU walks too.',
      sources: ['G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (14), 2003'],
    },
    axes: { invocations: [2 ** 20], loops: [16], chains: [4], WORKGROUP_SIZE: [256] },
    suites: {
      // Finding the lowest bit and the highest one are as fast nearly everywhere.
      ...(name !== 'find-lsb' && { standard: {} }),
      full: { invocations: [2 ** 16, 2 ** 20], chains: [1, 2, 4, 8] },
    },
    requires: ({ invocations, loops, chains, WORKGROUP_SIZE }) =>
      firstOf(
        wholeGroups({ invocations, WORKGROUP_SIZE }),
        tripCount('loops', loops),
        oneOf('chains', chains, CHAINS),
      ),
    buffers: {
      seeds: { type: 'u32', elements: () => SEEDS, fill: 'random' },
      result: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
    },
    work: ({ invocations, loops, chains, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `bit-ops-${name}`,
        constants: { WORKGROUP_SIZE, CHAINS: chains },
        push: { loops, b: B },
        groups: stridedGroups(invocations, WORKGROUP_SIZE),
      },
    ],
    items: ({ invocations, loops, chains }) => counted * STEPS * chains * loops * invocations,
    itemName: 'ops',
    doubles: 'loops',
    verify: ({ loops, chains }, { inputs, outputs }) => {
      const sums = Array.from(inputs.seeds as Uint32Array, (seed) =>
        sumOfChains(operation, seed, chains, STEPS * loops),
      );
      return compareElements('result', outputs.result as Uint32Array, (i) => sums[i % SEEDS] as number);
    },
  });
}

export default [
  bitOps('count', 'counting bits', bitCount),
  bitOps('find-lsb', 'finding the lowest bit', lowestBit),
  bitOps('find-msb', 'finding the highest bit', (x) => 31 - Math.clz32(x)),
  bitOps('reverse', 'reversing the bits', reversed),
  // Three shifts, three exclusive ors, one and, two additions.
  bitOps('mix', 'a mix of shifts, exclusive ors, ands and additions', mixed, 9),
];
