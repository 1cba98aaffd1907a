// The same product as hgemm-coopmat, written down plainly: every subgroup loads its matrices straight from memory. How
// much shared memory is worth is the ratio of both.
import { defineBenchmark } from 'guestmark';
import { type UnitProduct, unitProduct } from '../parts/half-product.ts';
import { matrixNeeds, subgroupSizeObstacle, tileObstacle } from '../parts/matrix-units.ts';
import { firstOf, multipleOf, positiveInteger } from '../parts/workgroup.ts';

const TYPES: UnitProduct = { inputs: 'f16', sums: 'f32', extension: 'VK_KHR_cooperative_matrix' };

type Axis = 'size' | 'M' | 'N' | 'K' | 'DOWN' | 'ACROSS' | 'WORKGROUP_SIZE' | 'SUBGROUP_SIZE';

export default defineBenchmark<Axis>({
  ...unitProduct(TYPES),
  name: 'hgemm-coopmat-direct-f16-f32',
  summary: 'Matrix product on matrix units: f16 with sums of f32, without shared memory',
  explanation: {
    method:
      'Every subgroup holds DOWN × ACROSS cooperative matrices of C, and loads those of A and B from memory as it needs them.',
    limit: 'The caches: every matrix is loaded by many subgroups.',
    verification: 'As hgemm-coopmat-f16-f32: exact, the whole product by Freivalds’ identity and four rows.',
    sources: [TYPES.extension],
  },
  axes: {
    size: [4096],
    M: [16],
    N: [16],
    K: [16],
    DOWN: [2],
    ACROSS: [4],
    WORKGROUP_SIZE: [128],
    SUBGROUP_SIZE: [32],
  },
  suites: { full: { size: [1024, 4096], DOWN: [2, 4], SUBGROUP_SIZE: [32, 64] } },
  requires: (axes) =>
    firstOf(
      ...Object.entries(axes).map(([axis, value]) => positiveInteger(axis, value)),
      multipleOf('WORKGROUP_SIZE', axes.WORKGROUP_SIZE, axes.SUBGROUP_SIZE),
      multipleOf('size', axes.size, axes.ACROSS * axes.N),
      multipleOf('size', axes.size, rowsOf(axes)),
      multipleOf('size', axes.size, axes.K),
    ),
  needs: matrixNeeds(TYPES.inputs, TYPES.extension),
  skips: ({ M, N, K, SUBGROUP_SIZE }, device) =>
    firstOf(
      tileObstacle(device, { ...TYPES, m: M, n: N, k: K }),
      subgroupSizeObstacle(device, SUBGROUP_SIZE),
    ),
  work: ({ size, SUBGROUP_SIZE, ...constants }) => [
    {
      op: 'dispatch',
      shader: 'hgemm-coopmat-direct-f16-f32',
      constants,
      push: { size },
      groups: [size / (constants.ACROSS * constants.N), size / rowsOf({ ...constants, SUBGROUP_SIZE }), 1],
    },
  ],
});

/** Rows of C that a workgroup computes. */
function rowsOf(axes: { M: number; DOWN: number; WORKGROUP_SIZE: number; SUBGROUP_SIZE: number }): number {
  return (axes.WORKGROUP_SIZE / axes.SUBGROUP_SIZE) * axes.DOWN * axes.M;
}
