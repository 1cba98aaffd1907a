// Peak rate of packed dot products of 8-bit integers with accumulation, which inference with quantised weights lives on.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, oneOf, stridedGroups, wholeGroups } from '../parts/workgroup.ts';

const STEPS_PER_LOOP = 16;
/** Four multiplications and four additions. */
const OPS_PER_STEP = 8;
/** Start values repeat after so many invocations. */
const STARTS = 64;
/** The second factor, which first drives sums to the ends of their range, and what is added to it after an iteration. */
const FACTOR = 0x7913_7f05;
const FACTOR_STEP = 0x0103_0507;
const GOLDEN = 0x9e37_79b9;

/** What the kernel has code for. */
const CHAINS = [1, 2, 4, 8];
const QUICK = { invocations: [2 ** 16], loops: [16] };
const FULL = { invocations: [2 ** 16, 2 ** 20], chains: CHAINS };

/** How the bytes of both factors and the sum are read. */
interface Signs {
  readonly a: 'signed' | 'unsigned';
  readonly b: 'signed' | 'unsigned';
  readonly saturating: boolean;
}

function dotI8(name: string, what: string, signs: Signs): Benchmark {
  return defineBenchmark({
    name: `dot-i8-${name}`,
    summary: `Peak rate of 4 × 8-bit dot products with accumulation (dp4a), ${what}`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Every invocation runs independent chains of x = x + dot(x, y), each step one packed dot product of four 8-bit ' +
        'integers added to 32 bits; nothing but registers is touched until the result is stored.',
      limit: signs.saturating
        ? 'The integer units. Few devices saturate in the same instruction: the others need several more a step.'
        : 'The units for packed dot products, or ordinary integer arithmetic where a device has none. One chain shows latency; more chains hide it.',
      verification:
        'Every result equals, bit for bit, the recurrence computed in JavaScript for the 64 start values of each chain; ' +
        'it depends on every step.',
      sources: ['SPV_KHR_integer_dot_product', 'VK_KHR_shader_integer_dot_product'],
    },
    axes: { invocations: [2 ** 20], loops: [64], chains: [4], WORKGROUP_SIZE: [256] },
    suites: suitesOf(name),
    requires: ({ invocations, loops, chains, WORKGROUP_SIZE }) =>
      firstOf(
        wholeGroups({ invocations, WORKGROUP_SIZE }),
        tripCount('loops', loops),
        oneOf('chains', chains, CHAINS),
      ),
    needs: ['shaderIntegerDotProduct'],
    buffers: { result: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' } },
    work: ({ invocations, loops, chains, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `dot-i8-${name}`,
        constants: { WORKGROUP_SIZE, CHAINS: chains },
        push: { loops, y: FACTOR },
        groups: stridedGroups(invocations, WORKGROUP_SIZE),
      },
    ],
    items: ({ invocations, loops, chains }) => OPS_PER_STEP * STEPS_PER_LOOP * chains * loops * invocations,
    itemName: 'ops',
    doubles: 'loops',
    verify: ({ loops, chains }, { outputs }) => {
      const expected = Uint32Array.from({ length: STARTS }, (_, index) =>
        combined(Array.from({ length: chains }, (_, c) => chainEnd(index + STARTS * c, loops, signs))),
      );
      return compareElements('result', outputs.result as Uint32Array, (i) => expected[i % STARTS] as number);
    },
  });
}

function suitesOf(name: string): Benchmark<'invocations' | 'loops' | 'chains' | 'WORKGROUP_SIZE'>['suites'] {
  if (name === 'signed') return { quick: QUICK, standard: { chains: [1, 4] }, full: FULL };
  return name === 'signed-saturating' ? { standard: { loops: [16] }, full: FULL } : { full: FULL };
}

/** The recurrence of one chain, as the kernel runs it. */
function chainEnd(index: number, loops: number, signs: Signs): number {
  let x = start(index);
  let factor = FACTOR;
  for (let i = 0; i < loops; i++) {
    for (let step = 0; step < STEPS_PER_LOOP; step++) x = accumulated(x, dot(x, factor, signs), signs);
    factor = (factor + FACTOR_STEP) >>> 0;
  }
  return x;
}

/** Start values: a third spread over 32 bits, a third each near the ends of the range of signed and unsigned sums. */
function start(index: number): number {
  const bits = Math.imul(index + 1, GOLDEN) >>> 0;
  if (index % 3 === 2) return bits;
  const end = index % 3 === 0 ? 0x7fff_ffff : 0xffff_ffff;
  return ((index & 1) === 0 ? end - (bits >>> 18) : end + 1 + (bits >>> 18)) >>> 0;
}

function dot(x: number, y: number, { a, b }: Signs): number {
  let sum = 0;
  for (let shift = 0; shift < 32; shift += 8) sum += byteOf(x, shift, a) * byteOf(y, shift, b);
  return sum;
}

function byteOf(word: number, shift: number, sign: 'signed' | 'unsigned'): number {
  return sign === 'signed' ? (word << (24 - shift)) >> 24 : (word >>> shift) & 255;
}

function accumulated(x: number, product: number, { a, saturating }: Signs): number {
  if (!saturating) return (x + product) >>> 0;
  const [least, most] = a === 'signed' ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
  const sum = (a === 'signed' ? x | 0 : x) + product;
  return Math.min(most, Math.max(least, sum)) >>> 0;
}

function combined(ends: readonly number[]): number {
  return ends.reduce((sum, end) => (Math.imul(sum, 31) + end) >>> 0);
}

export default [
  dotI8('signed', 'signed × signed', { a: 'signed', b: 'signed', saturating: false }),
  dotI8('unsigned', 'unsigned × unsigned', { a: 'unsigned', b: 'unsigned', saturating: false }),
  dotI8('mixed', 'signed × unsigned', { a: 'signed', b: 'unsigned', saturating: false }),
  dotI8('signed-saturating', 'signed × signed, saturating', { a: 'signed', b: 'signed', saturating: true }),
  dotI8('unsigned-saturating', 'unsigned × unsigned, saturating', {
    a: 'unsigned',
    b: 'unsigned',
    saturating: true,
  }),
  dotI8('mixed-saturating', 'signed × unsigned, saturating', {
    a: 'signed',
    b: 'unsigned',
    saturating: true,
  }),
];
