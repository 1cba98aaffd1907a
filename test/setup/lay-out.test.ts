import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { layOut, rewriteManifest } from '../../src/setup/lay-out.ts';
import { ARCHIVE, write } from './fixture-machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-lay-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const contents of Object.values(ARCHIVE)) {
  for (const [path, text] of Object.entries(contents)) write(join(folder, 'root', path), text);
}
write(join(folder, 'root/usr/share/vulkan/explicit_layer.d/VkLayer_MESA_overlay.json'), '{}');
write(join(folder, 'root/usr/lib/python/readme.txt'), '');
const layout = layOut(folder);

describe('layOut()', () => {
  it('finds libraries, programs, headers and registry', () => {
    expect(layout).toMatchObject({
      libraries: ['root/usr/lib/x86_64-linux-gnu'],
      programs: ['root/usr/lib/chromium', 'root/usr/bin'],
      headers: 'root/usr/include',
      registry: 'root/usr/share/vulkan/registry/vk.xml',
    });
  });

  it('points a driver manifest to the unpacked library, relative to the manifest', () => {
    expect(layout.drivers).toEqual(['drivers/lvp_icd.x86_64.json']);
    const manifest = JSON.parse(readFileSync(join(folder, 'drivers/lvp_icd.x86_64.json'), 'utf8'));
    expect(manifest.ICD.library_path).toBe('../root/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so');
    expect(manifest.ICD.api_version).toBe('1.1.230');
  });

  it('offers the validation layer and no other', () => {
    expect(layout.layers).toEqual(['layers']);
    const path = join(folder, 'layers/VkLayer_khronos_validation.json');
    expect(JSON.parse(readFileSync(path, 'utf8')).layer.library_path).toBe(
      '../root/usr/lib/x86_64-linux-gnu/libVkLayer_khronos_validation.so',
    );
  });

  it('finds nothing in an empty tree', () => {
    const empty = { libraries: [], programs: [], drivers: [], layers: [], headers: null, registry: null };
    expect(layOut(folder, 'absent')).toEqual(empty);
  });
});

describe('rewriteManifest()', () => {
  it('asks for the library by its file name and keeps the rest', () => {
    const text = '{"layer":{"name":"L","library_path":"/usr/lib/libL.so"}}';
    const rewritten = rewriteManifest(text, (library) => `../${library}`);
    expect(JSON.parse(rewritten)).toEqual({ layer: { name: 'L', library_path: '../libL.so' } });
  });
});
