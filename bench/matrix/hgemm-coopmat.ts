// Matrix products with 16-bit inputs on matrix units, tiled in shared memory: what a kernel reaches of their peak that is
// written without knowing the device.
import { type Benchmark, defineBenchmark, type Explanation } from 'guestmark';
import { type UnitProduct, unitProduct } from '../parts/half-product.ts';
import { matrixNeeds, subgroupSizeObstacle, tileObstacle } from '../parts/matrix-units.ts';
import { firstOf, multipleOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

/** Elements in the 16 bytes that an invocation moves at a time. */
const PACK = 8;
const SIZES = [1024, 2048, 4096, 8192];
const SUBGROUP_SIZES = [32, 64];
/** Shapes of tiles, which the full suite tries with one combination of types. */
const SWEEP = {
  TILE_M: [128, 256],
  TILE_N: [128, 256],
  TILE_K: [16, 32],
  STAGES: [1, 2],
  SUBGROUP_SIZE: [32],
};

interface Kernel extends UnitProduct {
  readonly name: string;
  /** Sizes of subgroups in the standard suite; none leaves the benchmark to the full suite. */
  readonly standard: readonly number[];
  /** Whether the full suite tries other shapes too. */
  readonly sweeps?: boolean;
}

function hgemm({ name, standard, sweeps = false, ...types }: Kernel): Benchmark {
  const { inputs, sums, extension } = types;
  const full = { size: SIZES, SUBGROUP_SIZE: SUBGROUP_SIZES, ...(sweeps ? SWEEP : {}) };
  return defineBenchmark<keyof Shape>({
    ...unitProduct(types),
    name,
    summary: `Matrix product on matrix units: ${inputs} with sums of ${sums}, tiles in shared memory`,
    explanation: explanationOf(extension),
    axes: {
      size: [4096],
      M: [16],
      N: [16],
      K: [16],
      TILE_M: [128],
      TILE_N: [128],
      TILE_K: [32],
      ROWS: [4],
      COLUMNS: [2],
      STAGES: [2],
      SUBGROUP_SIZE: [32],
    },
    suites: standard.length > 0 ? { standard: { SUBGROUP_SIZE: standard }, full } : { full },
    requires: problemOf,
    needs: matrixNeeds(inputs, extension),
    skips: ({ M, N, K, SUBGROUP_SIZE }, device) =>
      firstOf(
        tileObstacle(device, { extension, m: M, n: N, k: K, inputs, sums }),
        subgroupSizeObstacle(device, SUBGROUP_SIZE),
      ),
    work: ({ size, SUBGROUP_SIZE, ...constants }) => [
      {
        op: 'dispatch',
        shader: name,
        constants: { ...constants, WORKGROUP_SIZE: workgroupSize({ ...constants, SUBGROUP_SIZE }) },
        push: { size },
        groups: [(size / constants.TILE_M) * (size / constants.TILE_N), 1, 1],
      },
    ],
  });
}

function explanationOf(extension: string): Explanation {
  return {
    method:
      'A workgroup computes a tile of C from slabs of A and B in shared memory; its subgroups hold the results in ' +
      'cooperative matrices. While a slab is multiplied the next one is fetched, 16 bytes an invocation at a time.',
    limit:
      'The rate at which shared memory feeds the matrix units. Libraries of the vendor are faster where a device has ' +
      'instructions that its driver makes of no cooperative matrix (asynchronous copies, units that read shared memory ' +
      'themselves): compare with coopmat of the same types.',
    verification:
      'Inputs are integers so small that every partial sum is exact, in any order. The whole product by Freivalds’ ' +
      'identity C r = A (B r) in exact arithmetic, and four rows element by element.',
    sources: [extension, 'R. Freivalds, Probabilistic machines can use less running time, 1977'],
  };
}

interface Shape {
  readonly size: number;
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly TILE_M: number;
  readonly TILE_N: number;
  readonly TILE_K: number;
  readonly ROWS: number;
  readonly COLUMNS: number;
  readonly STAGES: number;
  readonly SUBGROUP_SIZE: number;
}

function problemOf(axes: Shape): string | null {
  const { size, M, N, K, TILE_M, TILE_N, TILE_K, ROWS, COLUMNS, STAGES } = axes;
  return firstOf(
    ...Object.entries(axes).map(([axis, value]) => positiveInteger(axis, value)),
    oneOf('STAGES', STAGES, [1, 2]),
    multipleOf('TILE_M', TILE_M, ROWS * M),
    multipleOf('TILE_N', TILE_N, COLUMNS * N),
    multipleOf('TILE_K', TILE_K, K),
    multipleOf('K', K, PACK),
    multipleOf('N', N, PACK),
    multipleOf('TILE_M × TILE_K', TILE_M * TILE_K, PACK * workgroupSize(axes)),
    multipleOf('TILE_K × TILE_N', TILE_K * TILE_N, PACK * workgroupSize(axes)),
    ...[TILE_M, TILE_N, TILE_K].map((tile) => multipleOf('size', size, tile)),
  );
}

function workgroupSize(axes: Pick<Shape, 'ROWS' | 'COLUMNS' | 'SUBGROUP_SIZE'>): number {
  return axes.ROWS * axes.COLUMNS * axes.SUBGROUP_SIZE;
}

const KHR = 'VK_KHR_cooperative_matrix';
const NV = 'VK_NV_cooperative_matrix';

export default [
  hgemm({
    ...{ name: 'hgemm-coopmat-f16-f32', inputs: 'f16', sums: 'f32', extension: KHR },
    ...{ standard: SUBGROUP_SIZES, sweeps: true },
  }),
  hgemm({ name: 'hgemm-coopmat-f16-f16', inputs: 'f16', sums: 'f16', extension: KHR, standard: [32] }),
  hgemm({ name: 'hgemm-coopmat-bf16-f32', inputs: 'bf16', sums: 'f32', extension: KHR, standard: [32] }),
  hgemm({ name: 'hgemm-coopmat-nv-f16-f32', inputs: 'f16', sums: 'f32', extension: NV, standard: [] }),
  hgemm({ name: 'hgemm-coopmat-nv-f16-f16', inputs: 'f16', sums: 'f16', extension: NV, standard: [] }),
];
