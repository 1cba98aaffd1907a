// Peak arithmetic in integers: multiply-add by type, width, number of independent chains and shape, as fma.ts has it in
// floating point. Integers wrap around, so that every bit of the result can be computed a second time.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import {
  expectedResults,
  kernelOf,
  type MultiplyAddAxis,
  multiplyAddProblem,
  multiplyAdds,
  type Orbit,
  STEPS_PER_LOOP,
} from '../parts/multiply-add.ts';

const FACTOR = 5;
const FIRST_ADDEND = 1;
/** Added to the addend with every loop. */
const ADDEND_STEP = 2;

type Values = Partial<Record<MultiplyAddAxis, readonly number[]>>;

interface Variant {
  readonly bits: 8 | 16 | 32 | 64;
  readonly limit: string;
  readonly needs?: readonly string[];
  readonly axes: Readonly<Record<'invocations' | 'loops' | 'width' | 'chains', readonly number[]>>;
  readonly isQuick: boolean;
  readonly full: Values;
}

/** @param bits At most 32: JavaScript multiplies such numbers exactly, modulo 2^32. */
function orbitFrom(place: number, shape: number, loops: number, bits: number): Orbit<number> {
  const unused = 32 - bits;
  const wrap = (value: number): number => (value << unused) >> unused;
  let x = place;
  let sum = 0;
  for (let loop = 0; loop < loops; loop++) {
    const b = FIRST_ADDEND + ADDEND_STEP * loop;
    for (let step = 0; step < STEPS_PER_LOOP; step++) x = wrap(Math.imul(x, shape === 0 ? FACTOR : x) + b);
    sum = (sum + x) | 0;
  }
  return { end: x, sum };
}

function wideOrbitFrom(place: number, shape: number, loops: number): Orbit<bigint> {
  let x = BigInt(place);
  let sum = 0n;
  for (let loop = 0; loop < loops; loop++) {
    const b = BigInt(FIRST_ADDEND + ADDEND_STEP * loop);
    for (let step = 0; step < STEPS_PER_LOOP; step++)
      x = BigInt.asIntN(64, x * (shape === 0 ? BigInt(FACTOR) : x) + b);
    sum += x;
  }
  return { end: x, sum };
}

/** Both halves of a sum modulo 2^64. */
function folded(values: readonly bigint[]): number {
  const sum = values.reduce((all, value) => all + value, 0n);
  return Number(BigInt.asIntN(32, sum ^ (sum >> 32n)));
}

function expected(bits: number, axes: Readonly<Record<MultiplyAddAxis, number>>): readonly number[] {
  const { invocations, loops, width, chains, shape } = axes;
  const components = width * chains;
  if (bits === 64) {
    const orbit = (place: number): Orbit<bigint> => wideOrbitFrom(place, shape, loops);
    return expectedResults(invocations, { components, orbitFrom: orbit, total: folded });
  }
  const total = (values: readonly number[]): number => values.reduce((sum, value) => (sum + value) | 0, 0);
  const orbit = (place: number): Orbit<number> => orbitFrom(place, shape, loops, bits);
  return expectedResults(invocations, { components, orbitFrom: orbit, total });
}

function mad({ bits, limit, needs, axes, isQuick, full }: Variant): Benchmark {
  const name = `mad-i${bits}`;
  return defineBenchmark({
    name,
    summary: `Peak rate of integer multiply-add in ${bits} bits, each two operations`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Every invocation runs independent chains of 16 multiply-adds per loop in registers, in straight-line code, and stores one number. Shape 0 is x = a x + b, shape 1 is x = x x + b; width is the number of components of a chain.',
      limit,
      verification:
        'Every element, exactly: the last values of all chains and the sum of one over all loops, modulo 2^32 (of 64 bits both halves). The addend grows with every loop, so that the values tell how many there were.',
      sources: ['vkpeak and clpeak measure the same with one chain or two'],
    },
    axes: { ...axes, shape: [0], WORKGROUP_SIZE: [256] },
    suites: {
      ...(isQuick ? { quick: {} } : {}),
      standard: { invocations: [2 ** 20] },
      full: { invocations: [2 ** 20], ...full },
    },
    requires: multiplyAddProblem,
    ...(needs === undefined ? {} : { needs }),
    buffers: { result: { type: 'i32', elements: ({ invocations }) => invocations, fill: 'poison' } },
    work: ({ invocations, loops, width, chains, shape, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: kernelOf(name, width),
        constants: { WORKGROUP_SIZE, CHAINS: chains, SHAPE: shape },
        push: { loops, a: FACTOR, b: FIRST_ADDEND },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    items: (point) => 2 * multiplyAdds(point),
    itemName: 'ops',
    doubles: 'loops',
    verify: (point, { outputs }) => {
      const results = expected(bits, point);
      return compareElements(
        'result',
        outputs.result as Int32Array,
        (i) => results[i % results.length] as number,
      );
    },
  });
}

const UNITS =
  'The integer multipliers, where the chains are enough to hide the latency of a multiply-add and few enough to stay in registers.';

export default [
  mad({
    bits: 32,
    limit: UNITS,
    axes: { invocations: [2 ** 18], loops: [16], width: [1], chains: [12] },
    isQuick: true,
    full: { width: [1, 4], chains: [1, 4, 12], shape: [0, 1] },
  }),
  mad({
    bits: 64,
    limit: `${UNITS} Most GPUs have no 64-bit multiplier and do it in several steps.`,
    needs: ['shaderInt64'],
    axes: { invocations: [2 ** 16], loops: [16], width: [1], chains: [12] },
    isQuick: false,
    full: { width: [1, 2], chains: [1, 4, 12] },
  }),
  mad({
    bits: 16,
    limit: `${UNITS} GPUs that pack two of 16 bits into a register show it from width 2 on.`,
    needs: ['shaderInt16'],
    axes: { invocations: [2 ** 16], loops: [16], width: [2], chains: [4] },
    isQuick: false,
    full: { width: [1, 2, 4], chains: [1, 4] },
  }),
  mad({
    bits: 8,
    limit: `${UNITS} Hardly a GPU multiplies 8 bits alone: each takes a 32-bit operation and its wrapping further ones. Dot products of four are the fast way.`,
    needs: ['shaderInt8'],
    axes: { invocations: [2 ** 16], loops: [16], width: [4], chains: [2] },
    isQuick: false,
    full: { width: [1, 2, 4], chains: [1, 2] },
  }),
];
