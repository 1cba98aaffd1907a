// How an image is copied in pieces of bounded size: whole slices, or whole rows where one slice is too large.
// Pure.
import type { ImageRequest } from './compute-device.ts';

/** A part of an image that lies in one piece in tightly packed texels. */
export interface ImageBox {
  /** First row and first slice. */
  readonly y: number;
  readonly z: number;
  readonly height: number;
  readonly depth: number;
  /** Where its texels start, and how many bytes they are. */
  readonly offset: number;
  readonly bytes: number;
}

/** Boxes of at most `limit` bytes, but at least one row, that cover the image in the order of its texels. */
export function imageBoxes(
  [width, height, depth]: ImageRequest['extent'],
  texelBytes: number,
  limit: number,
): readonly ImageBox[] {
  const rowBytes = width * texelBytes;
  const sliceBytes = rowBytes * height;
  if (sliceBytes <= limit) {
    const slices = Math.floor(limit / sliceBytes);
    return starts(depth, slices).map((z) => {
      const count = Math.min(slices, depth - z);
      return { y: 0, z, height, depth: count, offset: z * sliceBytes, bytes: count * sliceBytes };
    });
  }
  const rows = Math.max(1, Math.floor(limit / rowBytes));
  return starts(depth, 1).flatMap((z) =>
    starts(height, rows).map((y) => {
      const count = Math.min(rows, height - y);
      const offset = z * sliceBytes + y * rowBytes;
      return { y, z, height: count, depth: 1, offset, bytes: count * rowBytes };
    }),
  );
}

function starts(length: number, step: number): readonly number[] {
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}
