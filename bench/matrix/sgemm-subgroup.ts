// The matrix product as SIMD CPUs want it: no shared memory, rows of A handed round by shuffles.
import { defineBenchmark } from 'guestmark';
import { SGEMM, slowProduct, VERIFICATION_F32 } from '../parts/square-product.ts';
import { firstOf, multipleOf, oneOf } from '../parts/workgroup.ts';

/** Lanes of a subgroup that hold rows of A. */
const LANES = 8;

/** Operations a second of one core of a CPU, roughly. */
const SOFTWARE_FLOPS_PER_SECOND = 30e9;

export default defineBenchmark<'size' | 'ROWS' | 'SPANS' | 'loadBits' | 'WORKGROUP_SIZE'>({
  ...SGEMM,
  name: 'sgemm-subgroup',
  summary: 'Single-precision matrix product C = A B, register tiles, rows of A by subgroup shuffles',
  explanation: {
    method:
      'An invocation keeps ROWS × (SPANS loadBits / 32) elements of C in registers. It loads its columns of B itself, loadBits at a time (256 as four 64-bit integers); eight invocations of a subgroup load a row of A each, which shuffles hand round. There is no shared memory and no barrier.',
    limit:
      'On a software device with SIMD instructions the arithmetic and the loads of B, which are a loop over lanes: many ROWS use every load more often, and what does not fit the vector registers spills into the first cache. On a GPU the shuffles, one for every 4 to 8 multiply-adds, and the registers: ROWS = 8 fits them, 64 spills into memory.',
    verification: VERIFICATION_F32,
    sources: ['R. Freivalds, Probabilistic machines can use less running time, 1977'],
  },
  axes: { size: [512], ROWS: [64], SPANS: [2], loadBits: [256], WORKGROUP_SIZE: [32] },
  suites: {
    quick: {},
    standard: { size: [1024], ROWS: [8, 64], loadBits: [128, 256] },
    full: {
      size: [256, 1024, 4096],
      ROWS: [8, 16, 64],
      SPANS: [1, 2],
      loadBits: [128, 256],
      WORKGROUP_SIZE: [32, 128],
    },
  },
  requires: ({ size, ROWS, SPANS, loadBits, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('size', size, LANES),
      multipleOf('ROWS', ROWS, LANES),
      oneOf('SPANS', SPANS, [1, 2, 4]),
      oneOf('loadBits', loadBits, [128, 256]),
      multipleOf('WORKGROUP_SIZE', WORKGROUP_SIZE, LANES),
    ),
  skips: (axes, device) => {
    const { subgroupSize } = device;
    if (subgroupSize.available && subgroupSize.value < LANES)
      return `its subgroups have fewer than ${LANES} invocations`;
    return slowProduct(axes, device, SOFTWARE_FLOPS_PER_SECOND);
  },
  work: ({ size, ROWS, SPANS, loadBits, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: `sgemm-subgroup-${loadBits}`,
      constants: { ROWS, SPANS, WORKGROUP_SIZE },
      push: { m: size, n: size, k: size },
      groups: [Math.ceil(size / ROWS), Math.ceil(size / ((loadBits / 32) * SPANS * WORKGROUP_SIZE)), 1],
    },
  ],
});
