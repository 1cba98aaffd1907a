// The same product as hgemm-coopmat, with tiles that the driver splits over a workgroup (VK_NV_cooperative_matrix2): what
// a driver makes of it that may use more of the hardware than a kernel can say.
import { type Benchmark, defineBenchmark, type Explanation } from 'guestmark';
import { type UnitProduct, unitProduct } from '../parts/half-product.ts';
import { flexibleObstacle, matrixNeeds, subgroupSizeObstacle } from '../parts/matrix-units.ts';
import { firstOf, multipleOf, positiveInteger } from '../parts/workgroup.ts';

const EXTENSION = 'VK_NV_cooperative_matrix2';
/** Elements in the 16 bytes that are loaded at a time. */
const PACK = 8;
const SIZES = [1024, 4096, 8192];

interface Kernel {
  readonly scope: 'workgroup' | 'subgroup';
  readonly sums: UnitProduct['sums'];
  /** Rows and columns of a tile in the full suite; the first is the default. */
  readonly tiles: readonly number[];
  readonly workgroupSize: number;
}

const EXPLANATION: Explanation = {
  method:
    'Every workgroup, or subgroup, holds one tile of C as a single cooperative matrix, and loads matrices of A and B that are as large.',
  limit:
    'What the driver makes of matrices that are larger than those of its units; compare with hgemm-coopmat, which splits them itself.',
  verification: 'As hgemm-coopmat-f16-f32: exact, the whole product by Freivalds’ identity and four rows.',
  sources: [EXTENSION],
};

const NEEDED_BY_BOTH = matrixNeeds('f16', 'VK_KHR_cooperative_matrix').concat(
  'cooperativeMatrixFlexibleDimensions',
);
const NEEDS = {
  subgroup: NEEDED_BY_BOTH,
  workgroup: [...NEEDED_BY_BOTH, 'cooperativeMatrixWorkgroupScope'],
} as const;

interface Shape {
  readonly size: number;
  readonly TILE_M: number;
  readonly TILE_N: number;
  readonly TILE_K: number;
  readonly WORKGROUP_SIZE: number;
}

function problemOf({ size, TILE_M, TILE_N, TILE_K, WORKGROUP_SIZE }: Shape): string | null {
  return firstOf(
    positiveInteger('TILE_M', TILE_M),
    multipleOf('TILE_N', TILE_N, PACK),
    multipleOf('TILE_K', TILE_K, PACK),
    positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
    ...[TILE_M, TILE_N, TILE_K].map((tile) => multipleOf('size', size, tile)),
  );
}

function hgemm({ scope, sums, tiles, workgroupSize }: Kernel): Benchmark {
  const name = `hgemm-coopmat2-${scope}-f16-${sums}`;
  const types = { inputs: 'f16', sums, extension: EXTENSION } as const;
  return defineBenchmark<keyof Shape>({
    ...unitProduct(types),
    name,
    summary: `Matrix product on matrix units: f16 with sums of ${sums}, tiles held by a ${scope}`,
    explanation: EXPLANATION,
    axes: {
      size: [4096],
      TILE_M: tiles.slice(0, 1),
      TILE_N: tiles.slice(0, 1),
      TILE_K: [32],
      WORKGROUP_SIZE: [workgroupSize],
    },
    suites: { full: { size: SIZES, TILE_M: tiles, TILE_N: tiles, TILE_K: [16, 32, 64] } },
    requires: problemOf,
    needs: NEEDS[scope],
    skips: ({ TILE_M, TILE_N, TILE_K, WORKGROUP_SIZE }, device) =>
      firstOf(
        flexibleObstacle(device, { ...types, m: TILE_M, n: TILE_N, k: TILE_K }, scope, WORKGROUP_SIZE),
        scope === 'subgroup' ? subgroupSizeObstacle(device, WORKGROUP_SIZE) : null,
      ),
    work: ({ size, ...constants }) => [
      {
        op: 'dispatch',
        shader: name,
        constants,
        push: { size },
        groups: [(size / constants.TILE_M) * (size / constants.TILE_N), 1, 1],
      },
    ],
  });
}

export default [
  hgemm({ scope: 'workgroup', sums: 'f32', tiles: [128, 256], workgroupSize: 256 }),
  hgemm({ scope: 'workgroup', sums: 'f16', tiles: [128, 256], workgroupSize: 256 }),
  hgemm({ scope: 'subgroup', sums: 'f32', tiles: [64, 32], workgroupSize: 32 }),
];
