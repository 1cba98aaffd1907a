// All-pairs gravity, the classic of GPU computing: much arithmetic on little data, with an inverse square root in it.
import { allOf, defineBenchmark, type Elements, type Random, type Verification } from 'guestmark';
import { INVERSE_SQRT_ULPS } from '../parts/float-precision.ts';
import { compareWithin, gamma } from '../parts/rounding.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, multipleOf, oneOf } from '../parts/workgroup.ts';

/** Square of the softening length; the cube that the bodies fill has sides of 2. */
const SOFTENING = 0.01;
const FLOPS_PER_PAIR = 20;
/** Pairs in an iteration of the inner loop. */
const UNROLLED = 4;
/** Pairs that the CPU computes again, at 10 ns each. */
const MOST_PAIRS = 2 ** 23;
/** Pairs that one core of a CPU was measured to compute in a second. */
const SOFTWARE_PAIRS_PER_SECOND = 4e8;

/** Positions in [-1, 1)³, masses in [1/2, 1). */
function fillBodies(into: Elements, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = i % 4 === 3 ? 0.5 + random() / 2 : 2 * random() - 1;
}

interface Pull {
  /** The acceleration of a body. */
  readonly sum: readonly [number, number, number];
  /** Sum of the magnitudes of its terms, component by component. */
  readonly magnitude: readonly [number, number, number];
}

/** In double precision, of the same positions; a plain sum over all bodies. */
function pullOn(bodies: Float32Array, body: number): Pull {
  const [hereX = 0, hereY = 0, hereZ = 0] = bodies.subarray(4 * body, 4 * body + 3);
  let [x, y, z, sizeX, sizeY, sizeZ] = [0, 0, 0, 0, 0, 0];
  const softening = Math.fround(SOFTENING);
  for (let at = 0; at < bodies.length; at += 4) {
    const dx = (bodies[at] as number) - hereX;
    const dy = (bodies[at + 1] as number) - hereY;
    const dz = (bodies[at + 2] as number) - hereZ;
    const square = dx * dx + dy * dy + dz * dz + softening;
    const factor = (bodies[at + 3] as number) / (square * Math.sqrt(square));
    x += factor * dx;
    y += factor * dy;
    z += factor * dz;
    sizeX += Math.abs(factor * dx);
    sizeY += Math.abs(factor * dy);
    sizeZ += Math.abs(factor * dz);
  }
  return { sum: [x, y, z], magnitude: [sizeX, sizeY, sizeZ] };
}

/**
 * Roundings that a term and its sums go through, to first order. Of a term: 1 of the difference; 4 of the square (1 of
 * each difference twice, and sums of positive products: 3 fused, 5 if not), of which the inverse root keeps half and
 * its cube three halves: 3/2 · (2 + 5) = 10.5; 3 · 2 of the inverse root itself (2 ulp); 3 products;
 * 1 of the last product. Of the sums: one for every term of a tile and one for every tile.
 */
function roundings(n: number, workgroupSize: number): number {
  return 1 + 10.5 + 3 * INVERSE_SQRT_ULPS + 3 + 1 + workgroupSize + n / workgroupSize;
}

/** Newton's third law: the masses times their accelerations cancel. Twice the allowance of the sampled bodies' mean. */
function compareMomentum(
  bodies: Float32Array,
  accelerations: Float32Array,
  meanBound: readonly number[],
): Verification {
  const momentum = [0, 0, 0];
  for (let at = 0; at < bodies.length; at += 4) {
    for (let axis = 0; axis < 3; axis++) {
      const force = (bodies[at + 3] as number) * (accelerations[at + axis] as number);
      momentum[axis] = (momentum[axis] as number) + force;
    }
  }
  const bound = (axis: number): number => (2 * (meanBound[axis] as number) * bodies.length) / 4;
  return compareWithin('momentum', momentum, () => 0, bound);
}

export default defineBenchmark({
  name: 'n-body',
  summary: 'Gravity between all n² pairs of bodies, tiles of WORKGROUP_SIZE bodies in shared memory',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Every invocation sums the pull of all bodies on BODIES of its own; a workgroup reads the others tile by tile into shared memory.',
    limit:
      'Arithmetic: of the 20 operations of a pair half are fused, and the inverse square root runs in units of its own, so that about three quarters of the peak rate of fused multiply-adds are possible. On a software device reading shared memory for each invocation costs as much.',
    verification:
      'Bodies spread evenly over the array, the first and the last among them, against a sum in double precision over all others: 8 million pairs at most. Allowed are the roundings of each term (an inverse square root of 2 ulp, as Vulkan asks for) and of its sums, times the sum of the magnitudes. All bodies together have no momentum.',
    sources: [
      'L. Nyland, M. Harris, J. Prins, Fast N-body simulation with CUDA, GPU Gems 3, chapter 31, 2007',
    ],
  },
  axes: { n: [4096], BODIES: [4], WORKGROUP_SIZE: [256] },
  suites: {
    quick: { n: [2048] },
    standard: { n: [4096, 131072], BODIES: [2, 4] },
    full: { n: [4096, 16384, 131072], BODIES: [1, 2, 4], WORKGROUP_SIZE: [64, 256] },
  },
  requires: ({ n, BODIES, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('WORKGROUP_SIZE', WORKGROUP_SIZE, UNROLLED),
      oneOf('BODIES', BODIES, [1, 2, 4]),
      multipleOf('n', n, WORKGROUP_SIZE * BODIES),
      tripCount('n', n, 1 / UNROLLED + 1 / WORKGROUP_SIZE),
    ),
  skips: ({ n }, device) => slowInSoftware(device, n * n, SOFTWARE_PAIRS_PER_SECOND),
  buffers: {
    bodies: {
      type: 'f32',
      elements: ({ n }) => 4 * n,
      fill: (into, _, random) => fillBodies(into, random),
    },
    accelerations: { type: 'f32', elements: ({ n }) => 4 * n, fill: 'poison' },
  },
  work: ({ n, BODIES, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'n-body',
      constants: { WORKGROUP_SIZE, BODIES },
      push: { n, softening: SOFTENING },
      groups: [n / (WORKGROUP_SIZE * BODIES), 1, 1],
    },
  ],
  bytes: ({ n }) => 32 * n,
  flops: ({ n }) => FLOPS_PER_PAIR * n * n,
  items: ({ n }) => n * n,
  itemName: 'pairs',
  verify: ({ n, WORKGROUP_SIZE }, { inputs, outputs }) => {
    const bodies = inputs.bodies as Float32Array;
    const accelerations = outputs.accelerations as Float32Array;
    const relative = gamma(roundings(n, WORKGROUP_SIZE));
    const sampled = sampledIndices(n, MOST_PAIRS / n);
    const bounds = [0, 0, 0];
    const compareBody = (body: number): Verification => {
      const { sum, magnitude } = pullOn(bodies, body);
      const bound = (axis: number): number => relative * (magnitude[axis] as number);
      for (let axis = 0; axis < 3; axis++)
        bounds[axis] = (bounds[axis] as number) + bound(axis) / sampled.length;
      const actual = accelerations.subarray(4 * body, 4 * body + 3);
      return compareWithin(`acceleration of body ${body}`, actual, (axis) => sum[axis] as number, bound);
    };
    const compared = sampled.map(compareBody);
    return allOf(...compared, compareMomentum(bodies, accelerations, bounds));
  },
});
