import { chmodSync, lchownSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isForeign, refuseForeignLink } from '../../src/base/foreign-link.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-link-'));
afterAll(() => rmSync(folder, { recursive: true }));
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('foreign-link: skipping a real link of another user, which only root can make');

describe('isForeign()', () => {
  it.each([
    ['another user, in a folder like /tmp', 2, { uid: 0, mode: 0o41777 }, true],
    ['this user', 1, { uid: 0, mode: 0o41777 }, false],
    ['the owner of the folder', 2, { uid: 2, mode: 0o41777 }, false],
    ['another user, where nobody else may write', 2, { uid: 0, mode: 0o41755 }, false],
    ['another user, where links can be replaced by anybody', 2, { uid: 0, mode: 0o40777 }, false],
  ])('of a link of %s', (_, uid, owner, foreign) => {
    expect(isForeign({ uid }, owner, 1)).toBe(foreign);
  });
});

describe('refuseForeignLink()', () => {
  it('passes what is not there, what is no link, and a link of our own', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('file', join(folder, 'own'));
    chmodSync(folder, 0o1777);
    for (const name of ['missing', 'file', 'own', 'missing/too'])
      expect(() => refuseForeignLink(join(folder, name))).not.toThrow();
  });

  it.skipIf(!isRoot)('refuses a link of another user in a folder that everybody writes to', () => {
    chmodSync(folder, 0o1777);
    const path = join(folder, 'foreign');
    symlinkSync('file', path);
    lchownSync(path, 65_534, 65_534);
    expect(() => refuseForeignLink(path)).toThrow(expect.objectContaining({ code: 'EFOREIGNLINK' }));
    chmodSync(folder, 0o755);
    expect(() => refuseForeignLink(path)).not.toThrow();
  });
});
