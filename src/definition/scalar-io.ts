// Scalars of a shader in the bytes of a buffer: how each type is written and read back as a number. 64-bit integers are
// numbers here, exact up to 2^53, which is what an axis can hold. Integers that do not fit wrap around, as in the shader;
// who must not wrap asks `fitsScalar` first.
import { float16Bits, float16Value } from '../base/float16.ts';
import type { ScalarTypeName } from '../shader/kernel-interface.ts';

interface ScalarAccess {
  readonly read: (view: DataView, offset: number) => number;
  readonly write: (view: DataView, offset: number, value: number) => void;
}

const ACCESS: Readonly<Record<ScalarTypeName, ScalarAccess>> = {
  bool: {
    read: (view, offset) => view.getUint32(offset, true),
    write: (view, offset, value) => view.setUint32(offset, value === 0 ? 0 : 1, true),
  },
  int8: {
    read: (view, offset) => view.getInt8(offset),
    write: (view, offset, value) => view.setInt8(offset, value),
  },
  uint8: {
    read: (view, offset) => view.getUint8(offset),
    write: (view, offset, value) => view.setUint8(offset, value),
  },
  int16: {
    read: (view, offset) => view.getInt16(offset, true),
    write: (view, offset, value) => view.setInt16(offset, value, true),
  },
  uint16: {
    read: (view, offset) => view.getUint16(offset, true),
    write: (view, offset, value) => view.setUint16(offset, value, true),
  },
  int: {
    read: (view, offset) => view.getInt32(offset, true),
    write: (view, offset, value) => view.setInt32(offset, value, true),
  },
  uint: {
    read: (view, offset) => view.getUint32(offset, true),
    write: (view, offset, value) => view.setUint32(offset, value, true),
  },
  int64: {
    read: (view, offset) => Number(view.getBigInt64(offset, true)),
    write: (view, offset, value) => view.setBigInt64(offset, wholeNumber(value), true),
  },
  uint64: {
    read: (view, offset) => Number(view.getBigUint64(offset, true)),
    write: (view, offset, value) => view.setBigUint64(offset, wholeNumber(value), true),
  },
  float16: {
    read: (view, offset) => float16Value(view.getUint16(offset, true)),
    write: (view, offset, value) => view.setUint16(offset, float16Bits(value), true),
  },
  float: {
    read: (view, offset) => view.getFloat32(offset, true),
    write: (view, offset, value) => view.setFloat32(offset, value, true),
  },
  double: {
    read: (view, offset) => view.getFloat64(offset, true),
    write: (view, offset, value) => view.setFloat64(offset, value, true),
  },
  // An address in a buffer would lead the shader anywhere; what JavaScript cannot write stays zero, and is read as no number.
  address: {
    read: (view, offset) => Number(view.getBigUint64(offset, true)),
    write: () => undefined,
  },
  other: { read: () => Number.NaN, write: () => undefined },
};

/** What is no number has no integer; DataView takes 0 for it in shorter types too. */
function wholeNumber(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

/** How a type is read and written. */
export function scalarAccess(type: ScalarTypeName): ScalarAccess {
  return ACCESS[type];
}

/** Bits of the integer types; a bool is 0 or 1. */
const INTEGER_BITS: Readonly<Partial<Record<ScalarTypeName, number>>> = {
  bool: 1,
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int: 32,
  uint: 32,
  int64: 64,
  uint64: 64,
};

/** Whether a type holds whole numbers only. */
export function isInteger(type: ScalarTypeName): boolean {
  return INTEGER_BITS[type] !== undefined;
}

/** How many values from 0 on an integer type holds. */
export function integersFrom0(type: ScalarTypeName): number {
  const bits = INTEGER_BITS[type] ?? 0;
  return 2 ** (type.startsWith('int') ? bits - 1 : bits);
}

/** Whether a type holds a value, rounded where it is a float; any number but 0 is true. */
export function fitsScalar(type: ScalarTypeName, value: number): boolean {
  if (type === 'bool') return true;
  if (type === 'address' || type === 'other') return value === 0;
  if (!isInteger(type)) return Number.isFinite(roundedScalar(type, value));
  const most = integersFrom0(type);
  return Number.isInteger(value) && value < most && value >= (type.startsWith('int') ? -most : 0);
}

/** The nearest value that a float type holds; of other types the value itself. */
export function roundedScalar(type: ScalarTypeName, value: number): number {
  if (type === 'float') return Math.fround(value);
  return type === 'float16' ? float16Value(float16Bits(value)) : value;
}
