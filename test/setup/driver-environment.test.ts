import { describe, expect, it } from 'vitest';
import { environmentOutside } from '../../src/setup/cache-folder.ts';
import { composeEnvironment } from '../../src/setup/driver-environment.ts';
import type { Unpacked, UnpackedRecord } from '../../src/setup/unpacked.ts';

const EMPTY: UnpackedRecord = {
  schema: 1,
  packages: [],
  downloadBytes: 0,
  diskBytes: 0,
  system: { loader: null, manifests: [] },
  libraries: [],
  programs: [],
  drivers: [],
  layers: [],
  headers: null,
  registry: null,
};
const DRIVER: Unpacked = {
  folder: '/cache/driver',
  record: { ...EMPTY, libraries: ['root/usr/lib'], drivers: ['drivers/lvp.json'] },
};
const TOOLS: Unpacked = {
  folder: '/cache/tools',
  record: {
    ...EMPTY,
    libraries: ['lib'],
    programs: ['bin'],
    layers: ['layers'],
    headers: 'inc',
    registry: 'vk.xml',
  },
};

describe('composeEnvironment()', () => {
  it('adds nothing where nothing was unpacked', () => {
    expect(composeEnvironment([], { PATH: '/usr/bin', LD_LIBRARY_PATH: '/opt' })).toEqual({});
  });

  it('leads the loader to the driver, under the names of new and old loaders', () => {
    expect(composeEnvironment([DRIVER], { PATH: '/usr/bin' })).toEqual({
      LD_LIBRARY_PATH: '/cache/driver/root/usr/lib',
      VK_DRIVER_FILES: '/cache/driver/drivers/lvp.json',
      VK_ICD_FILENAMES: '/cache/driver/drivers/lvp.json',
    });
  });

  it('puts everything behind what the user chose', () => {
    const env = { PATH: '/usr/bin', LD_LIBRARY_PATH: '/opt', VK_LAYER_PATH: '/own' };
    expect(composeEnvironment([DRIVER, TOOLS], env)).toEqual({
      LD_LIBRARY_PATH: '/opt:/cache/driver/root/usr/lib:/cache/tools/lib',
      PATH: '/usr/bin:/cache/tools/bin',
      VK_DRIVER_FILES: '/cache/driver/drivers/lvp.json',
      VK_ICD_FILENAMES: '/cache/driver/drivers/lvp.json',
      VK_LAYER_PATH: '/own:/cache/tools/layers',
      GUESTMARK_VULKAN_HEADERS: '/cache/tools/inc',
      GUESTMARK_VULKAN_REGISTRY: '/cache/tools/vk.xml',
    });
  });

  it('names the layer folders that VK_LAYER_PATH would hide', () => {
    const { VK_LAYER_PATH } = composeEnvironment([TOOLS], { XDG_DATA_DIRS: '/usr/share' });
    expect(VK_LAYER_PATH).toBe(
      '/etc/xdg/vulkan/explicit_layer.d:/usr/local/etc/vulkan/explicit_layer.d:' +
        '/etc/vulkan/explicit_layer.d:/usr/share/vulkan/explicit_layer.d:/cache/tools/layers',
    );
  });

  it("lists the system's drivers first where the system has drivers and no loader", () => {
    const system = { loader: null, manifests: ['/etc/vulkan/icd.d/nvidia_icd.json'] };
    const part = { ...DRIVER, record: { ...DRIVER.record, system } };
    expect(composeEnvironment([part], {}).VK_DRIVER_FILES).toBe(
      '/etc/vulkan/icd.d/nvidia_icd.json:/cache/driver/drivers/lvp.json',
    );
  });

  it("leaves out the system's drivers where its own loader found no device in them", () => {
    const system = { loader: '/usr/lib/libvulkan.so.1', manifests: ['/etc/vulkan/icd.d/nvidia_icd.json'] };
    const part = { ...DRIVER, record: { ...DRIVER.record, system } };
    expect(composeEnvironment([part], {}).VK_DRIVER_FILES).toBe('/cache/driver/drivers/lvp.json');
  });

  it('gives the same again in a child that has the additions already', () => {
    const env = { PATH: '/usr/bin', LD_LIBRARY_PATH: '/opt' };
    const once = composeEnvironment([DRIVER, TOOLS], env);
    const child = environmentOutside('/cache', { ...env, ...once });
    expect(composeEnvironment([DRIVER, TOOLS], child)).toEqual(once);
  });
});
