// Scalars in struct memory: one reader and one writer a type, little-endian as every Vulkan platform
// that Node supports. Refuses what does not fit instead of cutting it.
import type { ScalarType } from './registry/layout.ts';

/** A scalar as JavaScript has it. */
type ScalarValue = number | bigint | boolean;

interface ScalarAccess {
  readonly bytes: number;
  read(view: DataView, offset: number): ScalarValue;
  /** @throws RangeError for a value that the type cannot hold. */
  write(view: DataView, offset: number, value: unknown): void;
}

const word: ScalarAccess = {
  bytes: 4,
  read: (view, offset) => view.getUint32(offset, true),
  write: (view, offset, value) => view.setUint32(offset, integer(value, 0, 0xffff_ffff), true),
};

const byte: ScalarAccess = {
  bytes: 1,
  read: (view, offset) => view.getUint8(offset),
  write: (view, offset, value) => view.setUint8(offset, integer(value, 0, 0xff)),
};

const quad: ScalarAccess = {
  bytes: 8,
  read: (view, offset) => view.getBigUint64(offset, true),
  write: (view, offset, value) => view.setBigUint64(offset, wide(value, 0n, 0xffff_ffff_ffff_ffffn), true),
};

/** How each scalar type is read and written. */
export const scalars: Readonly<Record<ScalarType, ScalarAccess>> = {
  u8: byte,
  char: byte,
  u32: word,
  i32: {
    bytes: 4,
    read: (view, offset) => view.getInt32(offset, true),
    write: (view, offset, value) => view.setInt32(offset, integer(value, -0x8000_0000, 0x7fff_ffff), true),
  },
  f32: {
    bytes: 4,
    read: (view, offset) => view.getFloat32(offset, true),
    write: (view, offset, value) => {
      if (typeof value !== 'number') throw new RangeError(`${describe(value)} is not a number`);
      view.setFloat32(offset, value, true);
    },
  },
  bool32: {
    bytes: 4,
    read: (view, offset) => view.getUint32(offset, true) !== 0,
    write: (view, offset, value) => {
      if (typeof value !== 'boolean') throw new RangeError(`${describe(value)} is not a boolean`);
      view.setUint32(offset, value ? 1 : 0, true);
    },
  },
  i64: {
    bytes: 8,
    read: (view, offset) => view.getBigInt64(offset, true),
    write: (view, offset, value) => view.setBigInt64(offset, wide(value, -(2n ** 63n), 2n ** 63n - 1n), true),
  },
  u64: quad,
  size: quad,
  handle: quad,
};

function integer(value: unknown, lowest: number, highest: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest)
    return value;
  throw new RangeError(`${describe(value)} is not an integer from ${lowest} to ${highest}`);
}

function wide(value: unknown, lowest: bigint, highest: bigint): bigint {
  const exact = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof exact === 'bigint' && exact >= lowest && exact <= highest) return exact;
  throw new RangeError(`${describe(value)} is not an integer from ${lowest} to ${highest}`);
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
