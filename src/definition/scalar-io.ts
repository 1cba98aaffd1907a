// Scalars of a shader in the bytes of a buffer: how each type is written and read back as a number. 64-bit integers are
// numbers here, exact up to 2^53, which is what an axis can hold.
import type { ScalarTypeName } from '../shader/kernel-interface.ts';

interface ScalarAccess {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
  readonly write: (view: DataView, offset: number, value: number) => void;
}

const ACCESS: Readonly<Record<ScalarTypeName, ScalarAccess>> = {
  bool: {
    bytes: 4,
    read: (view, offset) => view.getUint32(offset, true),
    write: (view, offset, value) => view.setUint32(offset, value === 0 ? 0 : 1, true),
  },
  int8: {
    bytes: 1,
    read: (view, offset) => view.getInt8(offset),
    write: (view, offset, value) => view.setInt8(offset, value),
  },
  uint8: {
    bytes: 1,
    read: (view, offset) => view.getUint8(offset),
    write: (view, offset, value) => view.setUint8(offset, value),
  },
  int16: {
    bytes: 2,
    read: (view, offset) => view.getInt16(offset, true),
    write: (view, offset, value) => view.setInt16(offset, value, true),
  },
  uint16: {
    bytes: 2,
    read: (view, offset) => view.getUint16(offset, true),
    write: (view, offset, value) => view.setUint16(offset, value, true),
  },
  int: {
    bytes: 4,
    read: (view, offset) => view.getInt32(offset, true),
    write: (view, offset, value) => view.setInt32(offset, value, true),
  },
  uint: {
    bytes: 4,
    read: (view, offset) => view.getUint32(offset, true),
    write: (view, offset, value) => view.setUint32(offset, value, true),
  },
  int64: {
    bytes: 8,
    read: (view, offset) => Number(view.getBigInt64(offset, true)),
    write: (view, offset, value) => view.setBigInt64(offset, BigInt(Math.trunc(value)), true),
  },
  uint64: {
    bytes: 8,
    read: (view, offset) => Number(view.getBigUint64(offset, true)),
    write: (view, offset, value) => view.setBigUint64(offset, BigInt(Math.trunc(value)), true),
  },
  float16: {
    bytes: 2,
    read: (view, offset) => fromHalf(view.getUint16(offset, true)),
    write: (view, offset, value) => view.setUint16(offset, toHalf(value), true),
  },
  float: {
    bytes: 4,
    read: (view, offset) => view.getFloat32(offset, true),
    write: (view, offset, value) => view.setFloat32(offset, value, true),
  },
  double: {
    bytes: 8,
    read: (view, offset) => view.getFloat64(offset, true),
    write: (view, offset, value) => view.setFloat64(offset, value, true),
  },
  // An address in a buffer would lead the shader anywhere; what JavaScript cannot write stays zero.
  address: {
    bytes: 8,
    read: (view, offset) => Number(view.getBigUint64(offset, true)),
    write: () => undefined,
  },
  other: { bytes: 0, read: () => 0, write: () => undefined },
};

/** How a type is read and written. */
export function scalarAccess(type: ScalarTypeName): ScalarAccess {
  return ACCESS[type];
}

/** Whether a type holds whole numbers only. */
export function isInteger(type: ScalarTypeName): boolean {
  return /^(u?int|bool)/.test(type);
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** To the nearest half, ties to even; beyond 65504 + half a step it is infinite. */
function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  const step = 2 ** (exponent - 10);
  // A mantissa that rounds up to the next power of two carries into the exponent by itself.
  const steps = roundToEven(size / step);
  return sign | (steps + Math.max(0, exponent + 14) * 1024);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
