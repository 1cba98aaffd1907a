import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { CAPABILITY_NAMES } from '../../src/shader/spirv-capabilities.ts';
import { CAPABILITY_NEEDS } from '../../src/vulkan/capability-table.ts';
import { FEATURE_STRUCTS, UNWANTED_FEATURES, WANTED_CORE_FEATURES } from '../../src/vulkan/feature-table.ts';
import { type CapableDevice, capabilityObstacles } from '../../src/vulkan/kernel-capabilities.ts';

const BARE: CapableDevice = {
  apiVersion: '1.0.0',
  features: ['robustBufferAccess'],
  extensions: [],
  subgroupOperations: unavailable('the device or the loader is older than Vulkan 1.1'),
  subgroupsInCompute: unavailable('the device or the loader is older than Vulkan 1.1'),
  floatControls: [],
};

const obstacles = (capabilities: readonly string[], more: Partial<CapableDevice> = {}): readonly string[] =>
  capabilityObstacles(capabilities, { ...BARE, ...more });

const byFeature = Object.entries(CAPABILITY_NEEDS).flatMap(([name, need]) =>
  'features' in need ? [[name, need.features] as const] : [],
);

describe('capabilityObstacles()', () => {
  it('finds none for what every device can do', () => {
    expect(obstacles(['Shader', 'Matrix', 'ImageQuery'])).toEqual([]);
  });

  it('knows only names that reflection gives', () => {
    const names = Object.values(CAPABILITY_NAMES);
    expect(Object.keys(CAPABILITY_NEEDS).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(byFeature)('asks for a feature that %s needs, and names it', (name, features) => {
    for (const feature of features) expect(obstacles(['Shader', name], { features: [feature] })).toEqual([]);
    const [only, ...others] = obstacles(['Shader', name]);
    expect(only).toContain(`the device lacks the feature ${features.join(' or ')}`);
    expect(others).toEqual([]);
  });

  // What is not enabled must not be declared, whatever the device could do.
  it('knows no feature that a device is not created with', () => {
    const enabled = [...WANTED_CORE_FEATURES, ...FEATURE_STRUCTS.flatMap(({ features }) => features)];
    const needed = byFeature.flatMap(([, features]) => features);
    expect(needed.filter((name) => !enabled.includes(name) || UNWANTED_FEATURES.includes(name))).toEqual([]);
  });

  it.each([
    ['PhysicalStorageBufferAddresses', 'buffer references are not supported'],
    ['RayQueryKHR', 'acceleration structures are not supported'],
    ['Geometry', 'it needs the capability Geometry, which this program does not enable'],
    [
      'CooperativeVectorNV',
      'it needs the feature cooperativeVector (VK_NV_cooperative_vector), which this program',
    ],
    ['toString', 'it needs the capability toString, which this program does not enable'],
    ['Capability9999', 'it needs the capability 9999, which this program does not enable'],
    ['GroupNonUniform', 'subgroup operations (basic): the device or the loader is older than Vulkan 1.1'],
    ['DenormPreserve', 'the device lacks the float control shaderDenormPreserveFloat16 or'],
    ['SubgroupBallotKHR', 'the device lacks VK_EXT_shader_subgroup_ballot'],
    ['ShaderNonUniform', 'the device lacks Vulkan 1.2'],
  ])('refuses %s', (name, message) => {
    expect(obstacles(['Shader', name])).toEqual([expect.stringContaining(message)]);
  });

  it('names everything that is missing, each once', () => {
    expect(obstacles(['Int16', 'DotProduct', 'Float64', 'DotProductInputAll'])).toEqual([
      'the device lacks the feature shaderInt16',
      'the device lacks the feature shaderIntegerDotProduct (VK_KHR_shader_integer_dot_product)',
      'the device lacks the feature shaderFloat64',
    ]);
  });

  it('takes subgroup operations that the device has in compute shaders', () => {
    const subgroups = {
      subgroupOperations: available(['basic', 'vote'] as const),
      subgroupsInCompute: available(true),
    };
    expect(obstacles(['GroupNonUniform', 'GroupNonUniformVote'], subgroups)).toEqual([]);
    expect(obstacles(['GroupNonUniformQuad'], subgroups)).toEqual([
      'the device lacks subgroup operations of the kind quad',
    ]);
    expect(obstacles(['GroupNonUniform'], { ...subgroups, subgroupsInCompute: available(false) })).toEqual([
      'the device has no subgroup operations in compute shaders',
    ]);
  });

  it('takes what a version, an extension or a float control brings', () => {
    expect(obstacles(['ShaderNonUniform'], { apiVersion: '1.2.3' })).toEqual([]);
    expect(obstacles(['SubgroupBallotKHR'], { extensions: ['VK_EXT_shader_subgroup_ballot'] })).toEqual([]);
    expect(obstacles(['RoundingModeRTE'], { floatControls: ['shaderRoundingModeRTEFloat32'] })).toEqual([]);
  });
});
