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

/** An image of size × size texels. */
export function squareImage({ name, type, components }: TexelFormat): BufferPlan<'size'> {
  return {
    type,
    elements: ({ size }) => size * size * components,
    image: { format: name, dimensions: '2d', extent: ({ size }) => [size, size, 1] },
  };
}

/** Why size × size texels cannot be cut into square tiles, or null. */
export function tilesProblem(size: number, tile: number): string | null {
  return (
    multipleOf('size', size, tile) ??
    (size / tile <= MOST_GROUPS ? null : `size is more than ${MOST_GROUPS} tiles`)
  );
}

/** The same bytes as words. */
export function wordsOf({ buffer, byteOffset, byteLength }: Elements): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}
