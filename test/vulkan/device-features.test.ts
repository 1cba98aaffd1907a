import { describe, expect, it } from 'vitest';
import { CAPABILITY_NEEDS } from '../../src/vulkan/capability-table.ts';
import { enabledFeatures, queryFeatures, usableVersion } from '../../src/vulkan/device-features.ts';
import { FEATURE_STRUCTS, PLAIN_EXTENSIONS } from '../../src/vulkan/feature-table.ts';
import type { Instance } from '../../src/vulkan/instance.ts';
import { structTable } from '../../src/vulkan/registry/structs.ts';
import { makeVersion } from '../../src/vulkan/version.ts';

const [V1_0, V1_1, V1_2, V1_3] = [0, 1, 2, 3].map((minor) => makeVersion(1, minor, 0)) as [
  number,
  number,
  number,
  number,
];

/** Of cooperative matrices (KHR, NV, NV 2), bfloat16 and 8-bit floats. */
const NEWER_THAN_TABLES = [1000506000, 1000249000, 1000593000, 1000141000, 1000567000];

describe('FEATURE_STRUCTS', () => {
  it.each(FEATURE_STRUCTS.map((one) => [one.extension, one] as const))(
    'the struct of %s is VkBool32 members behind sType and pNext',
    (_, { sType, features }) => {
      const layout = Object.values(structTable).find((one) => 'sType' in one && one.sType === sType);
      const members = layout === undefined ? undefined : Object.entries(layout.members).slice(2);
      const expected = features.map((name, index) => [name, { offset: 16 + 4 * index, type: 'bool32' }]);
      if (!NEWER_THAN_TABLES.includes(sType)) expect(members).toEqual(expected);
      expect(features.length).toBeGreaterThan(0);
    },
  );
});

describe('queryFeatures()', () => {
  /** A driver that has every feature it is asked for, and remembers the sTypes. */
  const asked = (version: number, extensions: readonly string[]): [readonly string[], number] => {
    let calls = 0;
    const commands = { vkGetPhysicalDeviceFeatures2: () => calls++ };
    const instance = { commands } as unknown as Instance;
    return [queryFeatures(instance, 1n, version, extensions), calls];
  };

  it('asks nothing of a device that is older than Vulkan 1.1', () => {
    expect(asked(V1_0, ['VK_KHR_16bit_storage'])).toEqual([[], 0]);
  });

  it('asks once, whatever the number of structs', () => {
    expect(asked(V1_3, ['VK_KHR_shader_clock'])[1]).toBe(1);
  });
});

describe('enabledFeatures()', () => {
  const features = [
    'shaderFloat64',
    'geometryShader',
    'robustBufferAccess',
    'shaderFloat16',
    'hostQueryReset',
  ];
  const extensions = ['VK_KHR_shader_float16_int8', 'VK_EXT_host_query_reset', 'VK_KHR_swapchain'];

  it('takes the extension where the version does not have the feature yet', () => {
    const old = enabledFeatures({ features, extensions }, V1_1);
    expect(old).toMatchObject({
      core: ['shaderFloat64'],
      chained: ['shaderFloat16', 'hostQueryReset'],
      extensions: ['VK_KHR_shader_float16_int8', 'VK_EXT_host_query_reset'],
    });
    expect(enabledFeatures({ features, extensions }, V1_2)).toMatchObject({
      chained: old.chained,
      extensions: [],
    });
  });

  it('chains nothing to a device of Vulkan 1.0, and nothing that has no feature', () => {
    expect(enabledFeatures({ features, extensions: [...extensions, 'VK_KHR_spirv_1_4'] }, V1_0)).toEqual({
      core: ['shaderFloat64'],
      chained: [],
      extensions: [],
      chain: null,
    });
    expect(enabledFeatures({ features: [], extensions }, V1_3).chain).toBe(null);
  });

  it('enables every extension that stands for a capability', () => {
    const wanted = Object.values(CAPABILITY_NEEDS).flatMap((need) =>
      'extension' in need && need.extension !== undefined ? [need.extension] : [],
    );
    const known = new Set([
      ...FEATURE_STRUCTS.map(({ extension }) => extension),
      ...Object.keys(PLAIN_EXTENSIONS),
      // Core in the least version for which anything is enabled.
      'VK_KHR_device_group',
    ]);
    expect(wanted.filter((extension) => !known.has(extension))).toEqual([]);
  });

  it('enables what an extension depends on', () => {
    const info = {
      features: ['shaderBufferFloat32AtomicMinMax'],
      extensions: ['VK_EXT_shader_atomic_float2'],
    };
    expect(enabledFeatures(info, V1_3).extensions).toEqual([
      'VK_EXT_shader_atomic_float',
      'VK_EXT_shader_atomic_float2',
    ]);
  });

  it('writes the features into the structs of the chain', () => {
    const { chain } = enabledFeatures({ features: ['shaderInt8', 'maintenance4'], extensions: [] }, V1_3);
    const words = new Uint32Array(chain as ArrayBuffer);
    const { sType } = structTable.VkPhysicalDeviceShaderFloat16Int8Features;
    expect([words[0], words[4], words[5]]).toEqual([sType, 0, 1]);
    expect(new BigUint64Array(chain as ArrayBuffer)[1]).not.toBe(0n);
  });
});

it('usableVersion() is the lower of device and instance', () => {
  expect(usableVersion({ apiVersion: V1_3 }, { apiVersion: '1.1.99' })).toBe(V1_1);
  expect(usableVersion({ apiVersion: V1_1 }, { apiVersion: '1.3.230' })).toBe(V1_1);
});
