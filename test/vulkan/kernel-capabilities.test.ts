import { describe, expect, it } from 'vitest';
import { capabilityObstacle, FEATURE_OF_CAPABILITY } from '../../src/vulkan/kernel-capabilities.ts';

describe('capabilityObstacle()', () => {
  it('finds none for what every device can do', () => {
    expect(capabilityObstacle(['Shader', 'Matrix', 'ImageQuery'], [])).toBeUndefined();
  });

  it.each(Object.entries(FEATURE_OF_CAPABILITY))('asks for the feature that %s needs', (name, feature) => {
    expect(capabilityObstacle(['Shader', name], [feature])).toBeUndefined();
    expect(capabilityObstacle(['Shader', name], ['robustBufferAccess'])).toBe(
      `the device lacks the feature ${feature}`,
    );
  });

  // Each needs a feature or an extension that the logical device does not enable, though the device may have it.
  it.each([
    'StorageBufferArrayDynamicIndexing',
    'Float16',
    'VariablePointers',
    'CooperativeMatrixKHR',
    'toString',
  ])('refuses %s, which is not enabled', (name) => {
    expect(capabilityObstacle(['Shader', name], ['shaderStorageBufferArrayDynamicIndexing'])).toBe(
      `it needs the capability ${name}, which this program does not enable`,
    );
  });

  it('names a capability without a name by its number', () => {
    expect(capabilityObstacle(['Capability4437'], [])).toContain('the capability 4437,');
  });

  it.each(['GroupNonUniform', 'GroupNonUniformArithmetic'])('says that %s is not supported yet', (name) => {
    expect(capabilityObstacle(['Shader', name], [])).toBe(
      `it needs the capability ${name}, which is not supported yet by this host layer`,
    );
  });
});
