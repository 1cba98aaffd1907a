import { describe, expect, it } from 'vitest';
import type { KernelInterface } from '../../src/shader/kernel-interface.ts';
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

  it('packs nothing for a kernel without constants', () => {
    expect(packConstants(kernel({}), {}).memory).toBe(null);
  });

  it('refuses a name that the shader does not have', () => {
    expect(() => packConstants(WITH_CONSTANTS, { WORKGROUPSIZE: 64 })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'it has WORKGROUP_SIZE, SCALE, FLAG' }),
    );
  });
});

describe('packPushConstants()', () => {
  const scalars = ['uint', 'int', 'float', 'double', 'uint64'] as const;
  const declared = kernel({
    pushConstants: scalars.map((type, index) => ({ name: type, type, offset: 8 * index, bytes: 8 })),
    pushConstantBytes: 40,
  });

  it('writes each value at its offset, little-endian, in its type', () => {
    const data = packPushConstants(declared, {
      uint: 4294967295,
      int: -2,
      float: 0.1,
      double: 0.1,
      uint64: 2 ** 40,
    });
    const view = new DataView(data);
    expect(view.getUint32(0, true)).toBe(4294967295);
    expect(view.getInt32(8, true)).toBe(-2);
    expect(view.getFloat32(16, true)).toBe(Math.fround(0.1));
    expect(view.getFloat64(24, true)).toBe(0.1);
    expect(view.getBigUint64(32, true)).toBe(2n ** 40n);
  });

  it('refuses a value that is missing, unknown, or of a type that cannot be set', () => {
    expect(() => packPushConstants(declared, { uint: 1 })).toThrow('push constant "int" has no value');
    const vector = kernel({
      pushConstants: [{ name: 'v', type: 'vec4', offset: 0, bytes: 16 }],
      pushConstantBytes: 16,
    });
    expect(() => packPushConstants(vector, { v: 1 })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    expect(() => packPushConstants(vector, { v: 1, w: 1 })).toThrow('push constant "w"');
  });

  it.each([
    ['uint', 2.5],
    ['uint', -1],
    ['uint', 2 ** 32],
    ['int', 2 ** 31],
    ['uint8', 256],
    ['int64', Number.NaN],
  ])('refuses to cut a value to the type of a push constant (%s, %d)', (type, value) => {
    const scalar = kernel({
      pushConstants: [{ name: 'n', type, offset: 0, bytes: 8 }],
      pushConstantBytes: 8,
    });
    expect(() => packPushConstants(scalar, { n: value })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `Cannot set "n" of the kernel to ${value}: it is of type ${type}`,
      }),
    );
  });

  it.each([
    ['uint', 2 ** 32 - 1],
    ['int', -(2 ** 31)],
    ['float', 2.5],
  ])('keeps the largest values of a type (%s, %d)', (type, value) => {
    const scalar = kernel({
      pushConstants: [{ name: 'n', type, offset: 0, bytes: 4 }],
      pushConstantBytes: 4,
    });
    const view = new DataView(packPushConstants(scalar, { n: value }));
    const read = {
      uint: view.getUint32(0, true),
      int: view.getInt32(0, true),
      float: view.getFloat32(0, true),
    };
    expect(read[type as keyof typeof read]).toBe(value);
  });
});
