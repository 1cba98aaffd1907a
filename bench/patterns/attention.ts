// An attention block without stored scores: two matrix products with a softmax between them, in one kernel.
import { allOf, compareElements, defineBenchmark, type Verification, type VerifyContext } from 'guestmark';
import { DIVISION_ERROR } from '../parts/float-precision.ts';
import { UNIT_ROUNDOFF } from '../parts/rounding.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { correctionsError, expError } from '../parts/softmax-error.ts';
import { slowInSoftware } from '../parts/software.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import { firstOf, multipleOf, oneOf, positiveInteger } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Rows of K and V in a tile, as the kernel has it. */
const KEYS = 8;
/** Rows of O that are compared. */
const SAMPLED_ROWS = 16;
/** Operations a second of one core of a CPU, roughly. */
const SOFTWARE_FLOPS_PER_SECOND = 2e9;

type Axes = Readonly<Record<'n' | 'heads' | 'D' | 'QUERIES' | 'WORKGROUP_SIZE', number>>;

export default defineBenchmark<keyof Axes>({
  name: 'attention',
  summary: 'Attention O = softmax(Q K^T / √D) V of several heads, scores never stored',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'An invocation keeps QUERIES rows of Q and O in registers; the workgroup passes over K and V in tiles of 8 rows in shared memory, and corrects its sums once a tile where the maximum grows. The flops count the two products, 4 heads n² D.',
    limit:
      'On a GPU the fp32 pipelines and the reads of shared memory, one vec4 for 4 QUERIES multiply-adds, with about 2 QUERIES D registers an invocation; without matrix units it stays far below a library’s. On a software device the loads, which QUERIES divides.',
    verification:
      '16 rows over all heads against double precision. Q, K and V are uniform in [-1, 1). The bound, about 5e-4 at n = 1024 where O is about 0.02, adds up the roundings of the scores, 3 + 2 |x| ulp of every exponential, the corrections, one rounding for every addition, and the division. In the other rows no element is left as it was before.',
    sources: [
      'T. Dao, D. Y. Fu, S. Ermon, A. Rudra and C. Ré, FlashAttention, 2022',
      'M. Milakov and N. Gimelshein, Online normalizer calculation for softmax, 2018',
    ],
  },
  axes: { n: [512], heads: [2], D: [64], QUERIES: [1], WORKGROUP_SIZE: [64] },
  suites: {
    standard: { n: [1024], heads: [1, 256], QUERIES: [1, 2] },
    full: { n: [512, 2048], heads: [1, 64], D: [32, 64], QUERIES: [1, 2, 4], WORKGROUP_SIZE: [64, 128] },
  },
  requires: ({ n, heads, D, QUERIES, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('n', n, KEYS),
      positiveInteger('heads', heads),
      multipleOf('D', D, 4),
      oneOf('QUERIES', QUERIES, [1, 2, 4]),
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      turnsOfAllLoops((n / KEYS) * (1 + Math.ceil((2 * D) / WORKGROUP_SIZE))),
    ),
  skips: (axes, device) => slowInSoftware(device, flopsOf(axes), SOFTWARE_FLOPS_PER_SECOND),
  buffers: {
    q: { type: 'f32', elements: elementsOf, fill: 'random' },
    k: { type: 'f32', elements: elementsOf, fill: 'random' },
    v: { type: 'f32', elements: elementsOf, fill: 'random' },
    o: { type: 'f32', elements: elementsOf, fill: 'poison' },
  },
  work: ({ n, heads, D, QUERIES, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'attention',
      constants: { WORKGROUP_SIZE, D, QUERIES },
      push: { n, scale: Math.fround(1 / Math.sqrt(D)) },
      groups: [Math.ceil(n / (QUERIES * WORKGROUP_SIZE)), heads, 1],
    },
  ],
  bytes: (axes) => 16 * elementsOf(axes),
  flops: flopsOf,
  verify: (axes, context) =>
    allOf(
      ...sampledIndices(axes.heads * axes.n, SAMPLED_ROWS).map((row) => compareRow(axes, row, context)),
      compareWritten('o', context.outputs.o as Float32Array),
    ),
});

function elementsOf({ n, heads, D }: Pick<Axes, 'n' | 'heads' | 'D'>): number {
  return heads * n * D;
}

function flopsOf({ n, heads, D }: Pick<Axes, 'n' | 'heads' | 'D'>): number {
  return 4 * heads * n * n * D;
}

/** One row of O, counted over all heads. */
function compareRow({ n, D }: Axes, row: number, { inputs, outputs }: VerifyContext): Verification {
  const { q, k, v } = inputs as Record<'q' | 'k' | 'v', Float32Array>;
  const firstKey = Math.floor(row / n) * n;
  const scores = new Float64Array(n);
  let magnitude = 0;
  for (let key = 0; key < n; key++) {
    let [sum, sumOfMagnitudes] = [0, 0];
    for (let c = 0; c < D; c++) {
      const product = (q[row * D + c] as number) * (k[(firstKey + key) * D + c] as number);
      sum += product;
      sumOfMagnitudes += Math.abs(product);
    }
    scores[key] = sum / Math.sqrt(D);
    magnitude = Math.max(magnitude, sumOfMagnitudes / Math.sqrt(D));
  }
  const expected = weightedMean(scores, v, firstKey, D);
  const actual = (outputs.o as Float32Array).subarray(row * D, (row + 1) * D);
  const absolute = absoluteError(n, D, magnitude, scores);
  return compareElements(`o row ${row}`, actual, (c) => expected[c] as number, { absolute });
}

function weightedMean(scores: Float64Array, v: Float32Array, firstKey: number, D: number): Float64Array {
  const maximum = scores.reduce((most, score) => Math.max(most, score));
  const mean = new Float64Array(D);
  let total = 0;
  for (const [key, score] of scores.entries()) {
    const weight = Math.exp(score - maximum);
    total += weight;
    for (let c = 0; c < D; c++) {
      mean[c] = (mean[c] as number) + weight * (v[(firstKey + key) * D + c] as number);
    }
  }
  return mean.map((sum) => sum / total);
}

/**
 * What an element of O may be wrong by. A score is D products summed in four chains, then the chains, then a scaling by
 * a rounded constant: D / 4 + 4 roundings of at most its sum of magnitudes. A weight's argument has the error of two
 * scores, and every difference of scores a rounding, which add up to the range twice at most. The exponential adds 3 +
 * 2 |x| ulp, and the sums one correction for every tile and one rounding for every key. All this holds for the
 * numerator as for the denominator, and |v| < 1 makes it an absolute error. Products of (1 + e) are covered by one part
 * in a hundred.
 */
function absoluteError(n: number, D: number, magnitude: number, scores: Float64Array): number {
  const highest = scores.reduce((most, one) => Math.max(most, one));
  const range = highest - scores.reduce((least, one) => Math.min(least, one));
  const argument = 2 * ((D / 4 + 4) * magnitude + range) * UNIT_ROUNDOFF;
  const each = argument + expError(range) + correctionsError(n / KEYS, range) + n * UNIT_ROUNDOFF;
  return 1.01 * (2 * each + DIVISION_ERROR);
}
