import { describe, expect, it } from 'vitest';
import { listCooperativeMatrices } from '../../src/vulkan/cooperative-matrices.ts';
import type { Instance } from '../../src/vulkan/instance.ts';
import { makeVersion } from '../../src/vulkan/version.ts';

const [V1_0, V1_3] = [makeVersion(1, 0, 0), makeVersion(1, 3, 0)];
const KHR = 'VK_KHR_cooperative_matrix';
const NV = 'VK_NV_cooperative_matrix';
const NV2 = 'VK_NV_cooperative_matrix2';

// What drivers write behind sType and pNext, as vulkan_core.h of header 363 has it: M, N, K, the types of A, B, C and
// the result, for KHR and NV 2 whether it saturates, the scope, and for NV 2 the invocations of a workgroup.
const PRODUCTS = {
  vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR: {
    bytes: 56,
    rows: [
      [16, 8, 32, 3, 3, 5, 5, 1, 3],
      [16, 16, 16, 1000141000, 1000141000, 1, 1, 0, 2],
      [8, 8, 8, 77, 1000491002, 1000491003, 0, 0, 9],
    ],
  },
  vkGetPhysicalDeviceCooperativeMatrixPropertiesNV: { bytes: 48, rows: [[16, 8, 8, 0, 0, 1, 1, 3]] },
  vkGetPhysicalDeviceCooperativeMatrixFlexibleDimensionsPropertiesNV: {
    bytes: 56,
    rows: [
      [32, 32, 16, 0, 0, 1, 1, 0, 2, 256],
      [16, 16, 16, 0, 0, 1, 1, 0, 3, 0],
    ],
  },
} as const;

/** An instance whose driver lists the products above; `sTypes` are those that it was given. */
function instanceWith(sTypes: number[], present = true): Instance {
  const loadNewer = (_: bigint, name: keyof typeof PRODUCTS) =>
    present
      ? (_device: bigint, count: ArrayBuffer, memory: ArrayBuffer | null) => write(name, count, memory)
      : null;
  const write = (name: keyof typeof PRODUCTS, count: ArrayBuffer, memory: ArrayBuffer | null): number => {
    const { bytes, rows } = PRODUCTS[name];
    new Uint32Array(count)[0] = rows.length;
    if (memory === null) return 0;
    expect(memory.byteLength).toBe(bytes * rows.length);
    rows.forEach((row, index) => {
      const words = new Int32Array(memory, bytes * index, bytes / 4);
      sTypes.push(words[0] as number);
      words.set(row, 4);
    });
    return 0;
  };
  return { handle: 1n, binding: { loadNewer } } as unknown as Instance;
}

describe('listCooperativeMatrices()', () => {
  it('reads the structs of KHR', () => {
    const sTypes: number[] = [];
    const listed = listCooperativeMatrices(instanceWith(sTypes), 1n, V1_3, [KHR]);
    const row = (sizes: object, types: readonly string[], rest: object) => {
      const [aType, bType, cType, resultType] = types;
      return {
        extension: KHR,
        ...sizes,
        aType,
        bType,
        cType,
        resultType,
        workgroupInvocations: null,
        ...rest,
      };
    };
    expect(listed).toEqual({
      available: true,
      value: [
        row({ m: 16, n: 8, k: 32 }, ['s8', 's8', 's32', 's32'], { saturating: true, scope: 'subgroup' }),
        row({ m: 16, n: 16, k: 16 }, ['bf16', 'bf16', 'f32', 'f32'], {
          saturating: false,
          scope: 'workgroup',
        }),
        row({ m: 8, n: 8, k: 8 }, ['other', 'e4m3', 'e5m2', 'f16'], { saturating: false, scope: 'other' }),
      ],
    });
    expect(sTypes).toEqual([1000506001, 1000506001, 1000506001]);
  });

  it('reads the shorter structs of NV behind them', () => {
    const sTypes: number[] = [];
    const listed = listCooperativeMatrices(instanceWith(sTypes), 1n, V1_3, [KHR, NV]);
    if (!listed.available) throw new Error(listed.reason);
    expect(listed.value.map(({ extension }) => extension)).toEqual([KHR, KHR, KHR, NV]);
    expect(listed.value[3]).toMatchObject({
      m: 16,
      n: 8,
      k: 8,
      cType: 'f32',
      saturating: false,
      scope: 'subgroup',
    });
    expect(sTypes[3]).toBe(1000249001);
  });

  it('reads how many invocations a workgroup must have that computes a product together', () => {
    const listed = listCooperativeMatrices(instanceWith([]), 1n, V1_3, [NV2]);
    if (!listed.available) throw new Error(listed.reason);
    expect(listed.value).toMatchObject([
      { extension: NV2, m: 32, k: 16, scope: 'workgroup', workgroupInvocations: 256 },
      { extension: NV2, m: 16, scope: 'subgroup', workgroupInvocations: null },
    ]);
  });

  it('says why there is nothing to list', () => {
    const instance = instanceWith([]);
    expect(listCooperativeMatrices(instance, 1n, V1_3, [])).toEqual({
      available: false,
      reason: 'the device lacks VK_KHR_cooperative_matrix',
    });
    expect(listCooperativeMatrices(instance, 1n, V1_0, [KHR])).toMatchObject({
      reason: 'the device or the loader is older than Vulkan 1.1',
    });
  });

  it('lists nothing where the loader hides the command', () => {
    expect(listCooperativeMatrices(instanceWith([], false), 1n, V1_3, [KHR])).toEqual({
      available: true,
      value: [],
    });
  });
});
