// How much there is of a type: scalars, parts, nesting, bytes without a declared layout. Computed bottom up,
// one step a type, so that a few words that describe 2^64 scalars cost no more than others.
import type { Bytes, Extent, ShaderType } from './shader-type.ts';
import { cannotReflect } from './spirv-words.ts';

// SPIR-V allows 255; no data that a program writes is nested this deep.
const MAX_DEPTH = 32;

/** Of what holds no data. */
export const OPAQUE_EXTENT: Extent = {
  scalars: 0,
  parts: 1,
  depth: 0,
  scalarLayoutBytes: 0,
  alignment: 1,
};

export function scalarExtent(bytes: number): Extent {
  return { scalars: 1, parts: 1, depth: 0, scalarLayoutBytes: bytes, alignment: bytes };
}

/** Of a vector's components or a matrix's columns. */
export function repeated(extent: Extent, count: number): Extent {
  return {
    ...extent,
    scalars: extent.scalars * count,
    parts: extent.parts * count,
    scalarLayoutBytes: extent.scalarLayoutBytes === null ? null : extent.scalarLayoutBytes * count,
  };
}

/**
 * Of an array.
 *
 * @param length `null` for a runtime array.
 * @param isSpecialized Whether specialization can change the length.
 */
export function arrayExtent(element: Extent, length: number | null, isSpecialized: boolean): Extent {
  const all = repeated(element, length ?? 1);
  return {
    ...all,
    parts: 1 + all.parts,
    depth: deeper(element.depth),
    scalarLayoutBytes: isSpecialized || length === null ? null : all.scalarLayoutBytes,
  };
}

export function structExtent(members: readonly ShaderType[]): Extent {
  let [scalars, parts, depth, alignment] = [0, 1, 0, 1];
  let bytes: Bytes = 0;
  for (const { extent } of members) {
    scalars += extent.scalars;
    parts += extent.parts;
    depth = Math.max(depth, extent.depth);
    alignment = Math.max(alignment, extent.alignment);
    bytes = bytes === null ? null : endAfter(bytes, extent);
  }
  const scalarLayoutBytes = bytes === null ? null : alignedTo(bytes, alignment);
  return { scalars, parts, depth: deeper(depth), scalarLayoutBytes, alignment };
}

function endAfter(start: number, { alignment, scalarLayoutBytes }: Extent): Bytes {
  return scalarLayoutBytes === null ? null : alignedTo(start, alignment) + scalarLayoutBytes;
}

function alignedTo(bytes: number, alignment: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function deeper(depth: number): number {
  if (depth >= MAX_DEPTH) throw cannotReflect(`its types are nested more than ${MAX_DEPTH} deep`);
  return depth + 1;
}
