import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cacheKey, readCache, writeCache } from '../../src/shader/spirv-cache.ts';

const parent = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(parent, { recursive: true }));
const folder = join(parent, 'made', 'when-needed');
const key = cacheKey({ text: 'a' });
const module = Uint8Array.of(3, 2, 35, 7, 1);

describe('cacheKey()', () => {
  it('depends on every part', () => {
    const keys = [{ text: 'a' }, { text: 'b' }, { text: 'a', target: 'x' }, { text: 'a', target: 'y' }];
    expect(new Set(keys.map(cacheKey)).size).toBe(4);
    expect(cacheKey({ text: 'a' })).toBe(key);
  });
});

describe('readCache()', () => {
  it('gives what was written, and nothing before', async () => {
    expect(await readCache(folder, key)).toBeUndefined();
    await writeCache(folder, key, module);
    expect(await readCache(folder, key)).toEqual(module);
    expect(readdirSync(folder)).toEqual([`${key}.spirv`]);
  });

  it('gives nothing of a file that is cut, changed or empty', async () => {
    const [name = ''] = readdirSync(folder);
    const whole = readFileSync(join(folder, name));
    for (const bad of [
      whole.subarray(0, -1),
      whole.map((byte, at) => byte ^ +(at === 34)),
      whole.subarray(0, 32),
      '',
    ]) {
      writeFileSync(join(folder, name), bad);
      expect(await readCache(folder, key)).toBeUndefined();
    }
    await writeCache(folder, key, module);
    expect(await readCache(folder, key)).toEqual(module);
  });
});

describe('writeCache()', () => {
  it('does nothing where it cannot', async () => {
    writeFileSync(join(parent, 'file'), '');
    await writeCache(join(parent, 'file'), key, module);
    await writeCache(join(parent, 'file', 'below'), key, module);
    expect(await readCache(join(parent, 'file'), key)).toBeUndefined();
  });
});
