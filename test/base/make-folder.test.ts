import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/base/make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-make-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('makeFolder()', () => {
  it('makes what is missing, and nothing where all is there', () => {
    const path = join(folder, 'a', 'b', 'c');
    makeFolder(path);
    makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('refuses a path that is, or leads through, a file or a link to nothing', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    for (const path of [file, join(file, 'x'), join(folder, 'link')]) {
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^E/) }));
    }
  });

  it.skipIf(!existsSync('/proc/self'))('ends where the file system takes no folders', () => {
    expect(() => makeFolder('/proc/no-such-folder/x')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
