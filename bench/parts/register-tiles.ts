// The shape of the register-tiled matrix product: what it asks of its axes, and how its kernel is dispatched. Single and
// half precision share it.
import type { WorkStep } from 'guestmark';
import { firstOf, multipleOf, oneOf } from './workgroup.ts';

/** Invocations along each side of a workgroup's block. */
const SIDE = 16;

/** Axes of the kernel `gemm-register-*`. */
export interface RegisterTiles {
  readonly size: number;
  readonly ROWS: number;
  readonly COLUMNS: number;
  readonly BLOCK_K: number;
}

/** Why the kernel cannot be used so, or null. */
export function registerTilesProblem({ size, ROWS, COLUMNS, BLOCK_K }: RegisterTiles): string | null {
  return firstOf(
    multipleOf('size', size, 4),
    oneOf('ROWS', ROWS, [4, 8]),
    oneOf('COLUMNS', COLUMNS, [4, 8]),
    oneOf('BLOCK_K', BLOCK_K, [8, 16, 32]),
    Math.min(ROWS, COLUMNS) * BLOCK_K < 4 * SIDE
      ? 'ROWS or COLUMNS times BLOCK_K is below 64: a slab has less than a vec4 for every invocation'
      : null,
  );
}

/** The dispatch of a square product by 16 × 16 invocations, each with ROWS × COLUMNS results. */
export function registerTilesWork(
  kernel: string,
  { size, ROWS, COLUMNS, BLOCK_K }: RegisterTiles,
): readonly WorkStep[] {
  const [BLOCK_M, BLOCK_N] = [SIDE * ROWS, SIDE * COLUMNS];
  return [
    {
      op: 'dispatch',
      shader: kernel,
      constants: { WORKGROUP_SIZE: SIDE * SIDE, BLOCK_M, BLOCK_N, BLOCK_K, ROWS, COLUMNS },
      push: { m: size, n: size, k: size },
      groups: [Math.ceil(size / BLOCK_N), Math.ceil(size / BLOCK_M), 1],
    },
  ];
}
