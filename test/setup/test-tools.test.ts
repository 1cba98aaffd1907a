import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingTestTools, testToolPackages } from '../../src/setup/test-tools.ts';
import { fixtureMachine, write } from './fixture-machine.ts';

const ALL = ['glslang', 'spirv-tools', 'validation-layer', 'vulkan-headers', 'x11-library'];

describe('missingTestTools()', () => {
  it('misses every tool on an empty machine and none where all lie in their usual places', () => {
    using fixture = fixtureMachine();
    const { files, env } = fixture.machine;
    expect(missingTestTools(files, env)).toEqual(ALL);
    for (const path of [
      'usr/bin/glslangValidator',
      'usr/bin/spirv-val',
      'usr/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json',
      'usr/include/vulkan/vulkan_core.h',
      'usr/share/vulkan/registry/vk.xml',
      'usr/lib/libX11.so.6',
    ]) {
      write(join(fixture.root, path), '');
    }
    expect(missingTestTools(files, env)).toEqual([]);
  });

  it('looks where the environment says instead', () => {
    using fixture = fixtureMachine();
    const { files, env } = fixture.machine;
    write(join(fixture.root, 'opt/vulkan/vulkan_core.h'), '');
    write(join(fixture.root, 'opt/vk.xml'), '');
    write(join(fixture.root, 'opt/layers/VkLayer_khronos_validation.json'), '');
    const own = { GUESTMARK_VULKAN_HEADERS: '/opt', GUESTMARK_VULKAN_REGISTRY: '/opt/vk.xml' };
    expect(missingTestTools(files, { ...env, ...own, VK_LAYER_PATH: '/opt/layers' })).toEqual([
      'glslang',
      'spirv-tools',
      'x11-library',
    ]);
  });
});

describe('testToolPackages()', () => {
  it('names the packages of the tools asked for', () => {
    expect(testToolPackages(['glslang', 'vulkan-headers'])).toEqual(['glslang-tools', 'libvulkan-dev']);
  });
});
