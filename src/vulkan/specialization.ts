// Named values into the bytes that Vulkan wants: specialization constants and push constants. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { ConstantInterface, KernelInterface } from '../shader/kernel-interface.ts';
import type { NamedValues } from './compute-device.ts';
import { type Struct, struct, structArray } from './struct.ts';

/** Specialization data and the workgroup size that results from it. */
export interface PackedConstants {
  /** VkSpecializationInfo, or null for a kernel without constants. */
  readonly memory: Struct<'VkSpecializationInfo'> | null;
  readonly localSize: readonly [number, number, number];
}

/**
 * Gives every specialization constant a value, the caller's or its default: left out, the constants
 * that share an id could keep different defaults.
 *
 * @throws GuestmarkError (usage) for a name that the shader does not have.
 */
export function packConstants(kernel: KernelInterface, values: NamedValues): PackedConstants {
  requireNames(
    'specialization constant',
    values,
    kernel.constants.map(({ name }) => name),
  );
  const chosen = new Map(kernel.constants.map((constant) => [constant.id, valueFor(constant, values)]));
  const size = kernel.localSize.map(({ value, constantId }) =>
    Number(constantId === null ? value : (chosen.get(constantId) ?? value)),
  );
  return {
    memory: kernel.constants.length === 0 ? null : specializationInfo(kernel.constants, chosen),
    localSize: size as [number, number, number],
  };
}

type Value = number | bigint | boolean;

function valueFor(constant: ConstantInterface, values: NamedValues): Value {
  return (constant.name === null ? undefined : values[constant.name]) ?? constant.default;
}

function specializationInfo(
  constants: readonly ConstantInterface[],
  chosen: ReadonlyMap<number, Value>,
): Struct<'VkSpecializationInfo'> {
  const data = new ArrayBuffer(8 * constants.length);
  const view = new DataView(data);
  for (const [index, { id, type, name }] of constants.entries()) {
    writeScalar(view, 8 * index, { type, name: name ?? `constant ${id}` }, chosen.get(id) as Value);
  }
  const entries = constants.map(({ id, bytes }, index) => ({
    constantID: id,
    offset: 8 * index,
    size: bytes,
  }));
  return struct('VkSpecializationInfo', {
    mapEntryCount: constants.length,
    pMapEntries: structArray('VkSpecializationMapEntry', entries),
    dataSize: data.byteLength,
    pData: data,
  });
}

/**
 * Lays out push constants as the shader declares them.
 *
 * @returns The block's bytes; empty for a kernel without push constants.
 * @throws GuestmarkError (usage) for a missing, unknown or unsupported member.
 */
export function packPushConstants(kernel: KernelInterface, values: NamedValues): ArrayBuffer {
  requireNames(
    'push constant',
    values,
    kernel.pushConstants.map(({ name }) => name),
  );
  const data = new ArrayBuffer(kernel.pushConstantBytes);
  const view = new DataView(data);
  for (const { name, type, offset } of kernel.pushConstants) {
    const value = values[name];
    if (value === undefined)
      throw new GuestmarkError('usage', `Cannot dispatch the kernel: push constant "${name}" has no value`, {
        hint: `it needs ${kernel.pushConstants.map((member) => member.name).join(', ')}`,
      });
    writeScalar(view, offset, { type, name }, value);
  }
  return data;
}

function requireNames(what: string, values: NamedValues, known: readonly (string | null)[]): void {
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const names = known.filter((name) => name !== null).join(', ');
  throw new GuestmarkError(
    'usage',
    `Cannot set ${what} "${unknown}" of the kernel: the shader has no such name`,
    {
      hint: names === '' ? `it has no ${what}s` : `it has ${names}`,
    },
  );
}

type Writer = (view: DataView, offset: number, value: Value) => void;

const WRITERS: Readonly<Record<string, Writer>> = {
  bool: (view, offset, value) => view.setUint32(offset, value ? 1 : 0, true),
  int8: (view, offset, value) => view.setInt8(offset, Number(value)),
  uint8: (view, offset, value) => view.setUint8(offset, Number(value)),
  int16: (view, offset, value) => view.setInt16(offset, Number(value), true),
  uint16: (view, offset, value) => view.setUint16(offset, Number(value), true),
  int: (view, offset, value) => view.setInt32(offset, Number(value), true),
  uint: (view, offset, value) => view.setUint32(offset, Number(value), true),
  int64: (view, offset, value) => view.setBigInt64(offset, BigInt(value), true),
  uint64: (view, offset, value) => view.setBigUint64(offset, BigInt(value), true),
  float: (view, offset, value) => view.setFloat32(offset, Number(value), true),
  double: (view, offset, value) => view.setFloat64(offset, Number(value), true),
};

/** Integer types and what they hold; a value that does not fit would be cut in silence. */
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = Object.fromEntries(
  [8n, 16n, 32n, 64n].flatMap((bits) => {
    const suffix = bits === 32n ? '' : String(bits);
    return [
      [`int${suffix}`, [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]],
      [`uint${suffix}`, [0n, 2n ** bits - 1n]],
    ];
  }),
);

function fits(type: string, value: Value): boolean {
  const range = RANGES[type];
  if (range === undefined) return true;
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  return BigInt(value) >= range[0] && BigInt(value) <= range[1];
}

interface ScalarField {
  readonly name: string;
  readonly type: string;
}

function writeScalar(view: DataView, offset: number, { name, type }: ScalarField, value: Value): void {
  const write = WRITERS[type];
  if (write === undefined)
    throw new GuestmarkError(
      'unsupported',
      `Cannot set a value of type ${type}: only scalars can be set so far`,
      { hint: 'declare its parts as scalars of their own, or pass it in a storage buffer' },
    );
  if (!fits(type, value)) {
    throw new GuestmarkError(
      'usage',
      `Cannot set "${name}" of the kernel to ${value}: it is of type ${type}`,
      {
        hint: 'give a value that the type can hold',
      },
    );
  }
  write(view, offset, value);
}
