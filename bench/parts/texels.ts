// Square two-dimensional images as benchmarks use them, in three formats, and the words that their texels are.
import type { BufferPlan, Elements } from 'guestmark';
import { MOST_GROUPS, multipleOf } from './workgroup.ts';

/** A format of storage images that every Vulkan device has. */
export interface TexelFormat {
  /** As GLSL spells it. */
  readonly name: 'rgba8' | 'r32f' | 'rgba32f';
  readonly type: 'u8' | 'f32';
  readonly components: 1 | 4;
  readonly texelBytes: number;
}

export const TEXEL_FORMATS: readonly TexelFormat[] = [
  { name: 'rgba8', type: 'u8', components: 4, texelBytes: 4 },
  { name: 'r32f', type: 'f32', components: 1, texelBytes: 4 },
  { name: 'rgba32f', type: 'f32', components: 4, texelBytes: 16 },
];

/** An image of n × n texels. */
export function squareImage({ name, type, components }: TexelFormat): BufferPlan<'n'> {
  return {
    type,
    elements: ({ n }) => n * n * components,
    image: { format: name, dimensions: '2d', extent: ({ n }) => [n, n, 1] },
  };
}

/** Why n × n texels cannot be cut into square tiles, or null. */
export function tilesProblem(n: number, tile: number): string | null {
  return multipleOf('n', n, tile) ?? (n / tile <= MOST_GROUPS ? null : `n is more than ${MOST_GROUPS} tiles`);
}

/** The same bytes as words. */
export function wordsOf({ buffer, byteOffset, byteLength }: Elements): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}
