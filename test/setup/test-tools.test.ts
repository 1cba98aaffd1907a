import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser, missingTestTools, testToolPackages } from '../../src/setup/test-tools.ts';
import { fixtureMachine, write } from './fixture-machine.ts';

const ALL = [
  'chromium',
  'glslang',
  'slurm',
  'spirv-tools',
  'validation-layer',
  'vulkan-headers',
  'x11-library',
];

describe('missingTestTools()', () => {
  it('misses every tool on an empty machine and none where all lie in their usual places', () => {
    using fixture = fixtureMachine({ without: ['/usr/sbin/slurmd-wlm'] });
    const { files, env } = fixture.machine;
    expect(missingTestTools(files, env)).toEqual(ALL);
    for (const path of [
      'usr/bin/chromium',
      'usr/bin/glslangValidator',
      'usr/bin/spirv-val',
      'usr/sbin/slurmd-wlm',
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
    const own = {
      GUESTMARK_CHROMIUM: '/opt/chrome',
      GUESTMARK_VULKAN_HEADERS: '/opt',
      GUESTMARK_VULKAN_REGISTRY: '/opt/vk.xml',
    };
    expect(missingTestTools(files, { ...env, ...own, VK_LAYER_PATH: '/opt/layers' })).toEqual([
      'glslang',
      'spirv-tools',
      'x11-library',
    ]);
  });
});

describe('findBrowser()', () => {
  it('takes Chrome where there is no Chromium, and what the environment names before both', () => {
    using fixture = fixtureMachine();
    const { files, env } = fixture.machine;
    write(join(fixture.root, 'usr/bin/google-chrome'), '');
    expect(findBrowser(files, env)).toBe('/usr/bin/google-chrome');
    write(join(fixture.root, 'usr/bin/chromium'), '');
    expect(findBrowser(files, env)).toBe('/usr/bin/chromium');
    expect(findBrowser(files, { ...env, GUESTMARK_CHROMIUM: '/opt/chrome' })).toBe('/opt/chrome');
  });
});

describe('testToolPackages()', () => {
  it('names the packages of the tools asked for', () => {
    expect(testToolPackages(['glslang', 'vulkan-headers'])).toEqual(['glslang-tools', 'libvulkan-dev']);
  });
});
