// One value of the caller as a scalar of the shader: every type of specialization constants and push constants.
// Refuses what the type cannot hold: it would be cut in silence. Pure.
import { GuestmarkError } from '../base/errors.ts';
import { float16Bits } from '../base/float16.ts';
import type { ScalarTypeName } from '../shader/kernel-interface.ts';

/** A value for one scalar. */
export type ScalarValue = number | bigint | boolean;

type Writer = (view: DataView, offset: number, value: ScalarValue) => void;

const WRITERS: Readonly<Partial<Record<ScalarTypeName, Writer>>> = {
  bool: (view, offset, value) => view.setUint32(offset, value ? 1 : 0, true),
  int8: (view, offset, value) => view.setInt8(offset, Number(value)),
  uint8: (view, offset, value) => view.setUint8(offset, Number(value)),
  int16: (view, offset, value) => view.setInt16(offset, Number(value), true),
  uint16: (view, offset, value) => view.setUint16(offset, Number(value), true),
  int: (view, offset, value) => view.setInt32(offset, Number(value), true),
  uint: (view, offset, value) => view.setUint32(offset, Number(value), true),
  int64: (view, offset, value) => view.setBigInt64(offset, BigInt(value), true),
  uint64: (view, offset, value) => view.setBigUint64(offset, BigInt(value), true),
  float16: (view, offset, value) => view.setUint16(offset, float16Bits(Number(value)), true),
  float: (view, offset, value) => view.setFloat32(offset, Number(value), true),
  double: (view, offset, value) => view.setFloat64(offset, Number(value), true),
};

/** Integer types and what they hold. */
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = Object.fromEntries(
  [8n, 16n, 32n, 64n].flatMap((bits) => {
    const suffix = bits === 32n ? '' : String(bits);
    return [
      [`int${suffix}`, [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]],
      [`uint${suffix}`, [0n, 2n ** bits - 1n]],
    ];
  }),
);

const FLOATS: Readonly<Record<string, (value: number) => boolean>> = {
  float16: (value) => Math.abs(value) < 65520,
  float: (value) => Number.isFinite(Math.fround(value)),
};

/** A scalar of the shader that gets a value. */
export interface ScalarField {
  /** As it stands in messages. */
  readonly name: string;
  readonly type: ScalarTypeName;
}

/**
 * Writes the value at `offset`, little-endian.
 *
 * @throws GuestmarkError (unsupported) for a type that cannot be set, (usage) for a value that the type cannot hold.
 */
export function writeScalar(
  view: DataView,
  offset: number,
  { name, type }: ScalarField,
  value: ScalarValue,
): void {
  const write = WRITERS[type];
  if (write === undefined)
    throw new GuestmarkError('unsupported', `Cannot set "${name}" of the kernel: ${WHAT[type] ?? type}`, {
      hint: 'pass what it stands for in a storage buffer',
    });
  if (!fits(type, value))
    throw new GuestmarkError(
      'usage',
      `Cannot set "${name}" of the kernel to ${value}: it is of type ${type}`,
      {
        hint: 'give a value that the type can hold',
      },
    );
  write(view, offset, value);
}

const WHAT: Readonly<Partial<Record<ScalarTypeName, string>>> = {
  address: 'it is the address of a buffer, and buffer references are not supported',
  other: 'it is a number of a format that is not supported',
};

function fits(type: string, value: ScalarValue): boolean {
  const range = RANGES[type];
  if (range !== undefined) {
    if (typeof value === 'number' && !Number.isInteger(value)) return false;
    return BigInt(value) >= range[0] && BigInt(value) <= range[1];
  }
  const number = Number(value);
  const isFiniteValue = typeof value === 'bigint' || Number.isFinite(number);
  return !isFiniteValue || (FLOATS[type]?.(number) ?? true);
}
