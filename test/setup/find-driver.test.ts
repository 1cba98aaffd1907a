import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { findDriver, isSameDriver } from '../../src/setup/find-driver.ts';
import { write } from './fixture-machine.ts';

const root = mkdtempSync(join(tmpdir(), 'guestmark-driver-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const files = systemFiles(root);
for (const path of [
  '/etc/vulkan/icd.d/nvidia_icd.json',
  '/etc/vulkan/icd.d/README',
  '/usr/share/vulkan/icd.d/lvp_icd.json',
  '/home/user/.local/share/vulkan/icd.d/own.json',
  '/opt/share/vulkan/icd.d/opt.json',
  '/opt/lib/libvulkan.so.1',
]) {
  write(join(root, path), '');
}
const strings = ['glibc-ld.so.cache1.1', 'libvulkan.so.1', '/lib/i386-linux-gnu/libvulkan.so.1'];
write(join(root, '/etc/ld.so.cache'), [...strings, '/lib/x86_64-linux-gnu/libvulkan.so.1', ''].join('\0'));

describe('findDriver()', () => {
  it('searches the folders of the loader in its order', () => {
    expect(findDriver(files, { HOME: '/home/user' }).manifests).toEqual([
      '/etc/vulkan/icd.d/nvidia_icd.json',
      '/home/user/.local/share/vulkan/icd.d/own.json',
      '/usr/share/vulkan/icd.d/lvp_icd.json',
    ]);
  });

  it('follows XDG_DATA_DIRS', () => {
    expect(findDriver(files, { XDG_DATA_DIRS: '/opt/share' }).manifests).toEqual([
      '/etc/vulkan/icd.d/nvidia_icd.json',
      '/opt/share/vulkan/icd.d/opt.json',
    ]);
  });

  it('takes VK_DRIVER_FILES before VK_ICD_FILENAMES and both before any search', () => {
    const only = '/usr/share/vulkan/icd.d/lvp_icd.json';
    const env = {
      VK_DRIVER_FILES: `${only}:/gone.json`,
      VK_ICD_FILENAMES: '/opt/share/vulkan/icd.d/opt.json',
    };
    expect(findDriver(files, env).manifests).toEqual([only]);
    expect(findDriver(files, { VK_ICD_FILENAMES: only }).manifests).toEqual([only]);
  });

  it("finds the loader in the linker's cache, in its own processor's folder", () => {
    expect(findDriver(files, {}).loader).toBe('/lib/x86_64-linux-gnu/libvulkan.so.1');
  });

  it('finds a loader on LD_LIBRARY_PATH first', () => {
    expect(findDriver(files, { LD_LIBRARY_PATH: '/none:/opt/lib' }).loader).toBe('/opt/lib/libvulkan.so.1');
  });

  it('says null where there is no loader', () => {
    expect(findDriver(systemFiles(join(root, 'home')), {})).toEqual({ loader: null, manifests: [] });
  });
});

describe('isSameDriver()', () => {
  it('sees a loader or a manifest come and go', () => {
    const found = findDriver(files, {});
    expect(isSameDriver(found, findDriver(files, {}))).toBe(true);
    expect(isSameDriver(found, { ...found, loader: null })).toBe(false);
    expect(isSameDriver(found, { ...found, manifests: found.manifests.slice(1) })).toBe(false);
  });
});
