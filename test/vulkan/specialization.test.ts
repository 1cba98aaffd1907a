import { describe, expect, it } from 'vitest';
import type { KernelInterface, ScalarTypeName } from '../../src/shader/kernel-interface.ts';
import { packConstants, packPushConstants } from '../../src/vulkan/specialization.ts';
import { readStruct } from '../../src/vulkan/struct.ts';

function kernel(parts: Partial<KernelInterface>): KernelInterface {
  const one = { value: 1, constantId: null };
  return {
    entryPoint: 'main',
    spirvVersion: '1.3',
    localSize: [one, one, one],
    constants: [],
    pushConstants: [],
    pushConstantBytes: 0,
    bindings: [],
    capabilities: ['Shader'],
    extensions: [],
    sharedBytes: null,
    ...parts,
  };
}

const WITH_CONSTANTS = kernel({
  localSize: [
    { value: 1, constantId: 0 },
    { value: 4, constantId: null },
    { value: 1, constantId: 2 },
  ],
  constants: [
    { id: 0, name: 'WORKGROUP_SIZE', type: 'uint', bytes: 4, default: 256 },
    { id: 2, name: null, type: 'uint', bytes: 4, default: 2 },
    { id: 7, name: 'SCALE', type: 'float', bytes: 4, default: 0.5 },
    { id: 8, name: 'FLAG', type: 'bool', bytes: 4, default: false },
  ],
});

describe('packConstants()', () => {
  it('specializes every constant, with the value given or the default', () => {
    const { memory } = packConstants(WITH_CONSTANTS, { WORKGROUP_SIZE: 64, FLAG: 1 });
    if (memory === null) throw new Error('nothing was packed');
    const { mapEntryCount, dataSize } = readStruct(memory);
    expect({ mapEntryCount, dataSize: Number(dataSize) }).toEqual({ mapEntryCount: 4, dataSize: 32 });
  });

  it('knows the workgroup size that results, also from constants without a name', () => {
    expect(packConstants(WITH_CONSTANTS, { WORKGROUP_SIZE: 64 }).localSize).toEqual([64, 4, 2]);
    expect(packConstants(WITH_CONSTANTS, {}).localSize).toEqual([256, 4, 2]);
  });

  it('takes values of unnamed constants by their ids, and none under a name that every object has', () => {
    expect(packConstants(WITH_CONSTANTS, { constant2: 8 }).localSize).toEqual([256, 4, 8]);
    const odd = kernel({ constants: [{ id: 1, name: 'toString', type: 'uint', bytes: 4, default: 3 }] });
    expect(() => packConstants(odd, {})).not.toThrow();
  });

  it('refuses a list', () => {
    expect(() => packConstants(WITH_CONSTANTS, { SCALE: [1, 2] })).toThrow('it is a specialization constant');
  });

  it('packs nothing for a kernel without constants', () => {
    expect(packConstants(kernel({}), {}).memory).toBe(null);
  });

  it('refuses a name that the shader does not have', () => {
    expect(() => packConstants(WITH_CONSTANTS, { WORKGROUPSIZE: 64 })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'it has WORKGROUP_SIZE, constant2, SCALE, FLAG' }),
    );
  });
});

/** A push constant with a scalar for each place. */
function member(
  name: string,
  type: ScalarTypeName,
  places: readonly number[],
): KernelInterface['pushConstants'][number] {
  const scalars = places.map((offset, index) => ({
    name: places.length === 1 ? name : `${name}[${index}]`,
    type,
    offset,
  }));
  return {
    name,
    type: places.length === 1 ? type : `${type}[${places.length}]`,
    offset: places[0] ?? 0,
    bytes: 8,
    scalars,
  };
}

function packOne(type: ScalarTypeName, value: number | bigint): DataView {
  const one = kernel({ pushConstants: [member('n', type, [0])], pushConstantBytes: 8 });
  return new DataView(packPushConstants(one, { n: value }));
}

describe('packPushConstants()', () => {
  const declared = kernel({
    pushConstants: [member('a', 'uint', [0]), member('v', 'float', [16, 20, 32])],
    pushConstantBytes: 36,
  });

  it('writes one value to all scalars of a member, or one to each', () => {
    const all = new DataView(packPushConstants(declared, { a: 4294967295, v: 0.5 }));
    expect([0, 16, 20, 32].map((offset) => all.getUint32(offset, true))).toEqual([
      4294967295, 0x3f000000, 0x3f000000, 0x3f000000,
    ]);
    const each = new DataView(packPushConstants(declared, { a: 1n, v: [1, 2, 3] }));
    expect([16, 20, 32].map((offset) => each.getFloat32(offset, true))).toEqual([1, 2, 3]);
  });

  it('refuses a value that is missing, unknown, or a list of another length', () => {
    expect(() => packPushConstants(declared, { a: 1 })).toThrow('push constant "v" has no value');
    expect(() => packPushConstants(declared, { a: 1, v: 1, w: 1 })).toThrow('push constant "w"');
    expect(() => packPushConstants(declared, { a: 1, v: [1, 2] })).toThrow(
      'Cannot set "v" of the kernel to 2 values: it has 3 scalars',
    );
    expect(() => packPushConstants(declared, { a: 1, v: [1, 2, 1e39] })).toThrow(
      'Cannot set "v[2]" of the kernel',
    );
  });

  it.each<ScalarTypeName>(['address', 'other'])('refuses a value of type %s', (type) => {
    expect(() => packOne(type, 1)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it.each<[ScalarTypeName, number | bigint]>([
    ['uint', 2.5],
    ['uint', -1],
    ['uint', 2 ** 32],
    ['int', 2 ** 31],
    ['uint8', 256],
    ['int8', -129n],
    ['uint64', 2n ** 64n],
    ['int64', Number.NaN],
    ['float', 1e39],
    ['float16', 65520],
  ])('refuses to cut a value to the type of a push constant (%s, %d)', (type, value) => {
    expect(() => packOne(type, value)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `Cannot set "n" of the kernel to ${value}: it is of type ${type}`,
      }),
    );
  });

  it.each<[ScalarTypeName, number | bigint, bigint]>([
    ['uint', 2 ** 32 - 1, 0xffff_ffffn],
    ['int', -(2 ** 31), 0x8000_0000n],
    ['int8', -1, 0xffn],
    ['uint16', 65535, 0xffffn],
    ['int16', -2, 0xfffen],
    ['uint64', 2n ** 64n - 1n, 0xffff_ffff_ffff_ffffn],
    ['int64', -1, 0xffff_ffff_ffff_ffffn],
    ['float16', -2, 0xc000n],
    ['float16', Number.POSITIVE_INFINITY, 0x7c00n],
    ['float', 2.5, 0x4020_0000n],
    ['double', 1, 0x3ff0_0000_0000_0000n],
    ['bool', 5, 1n],
  ])('writes %s %d little-endian', (type, value, bits) => {
    expect(packOne(type, value).getBigUint64(0, true)).toBe(bits);
  });
});
