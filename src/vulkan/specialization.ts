// Named values into the bytes that Vulkan wants: specialization constants and push constants. Pure.

import { GuestmarkError } from '../base/errors.ts';
import { constantName } from '../shader/constant-name.ts';
import type {
  ConstantInterface,
  KernelInterface,
  PushConstantInterface,
} from '../shader/kernel-interface.ts';
import type { NamedValues } from './compute-device.ts';
import { type ScalarValue, writeScalar } from './scalar-value.ts';
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
  requireNames('specialization constant', values, kernel.constants.map(constantName));
  const chosen = new Map(kernel.constants.map((constant) => [constant.id, valueFor(constant, values)]));
  const size = kernel.localSize.map(({ value, constantId }) =>
    Number(constantId === null ? value : (chosen.get(constantId) ?? value)),
  );
  return {
    memory: kernel.constants.length === 0 ? null : specializationInfo(kernel.constants, chosen),
    localSize: size as [number, number, number],
  };
}

function valueFor(constant: ConstantInterface, values: NamedValues): ScalarValue {
  const name = constantName(constant);
  const given = ownValue(values, name);
  if (typeof given === 'object')
    throw new GuestmarkError(
      'usage',
      `Cannot set "${name}" of the kernel to a list: it is a specialization constant`,
      { hint: 'give one value' },
    );
  return given ?? constant.default;
}

/** `toString` is no value although every object has it. */
function ownValue(values: NamedValues, name: string): NamedValues[string] | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function specializationInfo(
  constants: readonly ConstantInterface[],
  chosen: ReadonlyMap<number, ScalarValue>,
): Struct<'VkSpecializationInfo'> {
  const data = new ArrayBuffer(8 * constants.length);
  const view = new DataView(data);
  for (const [index, constant] of constants.entries()) {
    const { id, type } = constant;
    writeScalar(view, 8 * index, { type, name: constantName(constant) }, chosen.get(id) as ScalarValue);
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
 * @throws GuestmarkError (usage) for a missing or unknown member, or one with the wrong number of values,
 *   (unsupported) for one of a type that cannot be set.
 */
export function packPushConstants(kernel: KernelInterface, values: NamedValues): ArrayBuffer {
  requireNames(
    'push constant',
    values,
    kernel.pushConstants.map(({ name }) => name),
  );
  const data = new ArrayBuffer(kernel.pushConstantBytes);
  const view = new DataView(data);
  for (const member of kernel.pushConstants) {
    const value = ownValue(values, member.name);
    if (value === undefined)
      throw new GuestmarkError(
        'usage',
        `Cannot dispatch the kernel: push constant "${member.name}" has no value`,
        { hint: `it needs ${kernel.pushConstants.map(({ name }) => name).join(', ')}` },
      );
    writeMember(view, member, value);
  }
  return data;
}

function writeMember(
  view: DataView,
  { name, scalars }: PushConstantInterface,
  value: NamedValues[string],
): void {
  if (typeof value === 'object' && value.length !== scalars.length)
    throw new GuestmarkError(
      'usage',
      `Cannot set "${name}" of the kernel to ${value.length} values: it has ${scalars.length} scalars`,
      { hint: 'give one value for all of them, or one for each in the order of offsets' },
    );
  for (const [index, { name: path, type, offset }] of scalars.entries()) {
    const one = typeof value === 'object' ? (value[index] as number | bigint) : value;
    writeScalar(view, offset, { name: path === '' ? name : path, type }, one);
  }
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
