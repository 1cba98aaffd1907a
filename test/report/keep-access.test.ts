import {
  chmodSync,
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepAccess } from '../../src/report/keep-access.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-access-'));
afterAll(() => rmSync(folder, { recursive: true }));
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('keep-access: skipping another owner, which only root can give');

const [earlier, next] = [join(folder, 'earlier'), join(folder, 'next')];

function renewed(mode: number, owner?: number) {
  writeFileSync(earlier, '');
  chmodSync(earlier, mode);
  if (owner !== undefined) chownSync(earlier, owner, owner);
  rmSync(next, { force: true });
  const file = openSync(next, 'wx');
  keepAccess(file, statSync(earlier));
  closeSync(file);
  return statSync(next);
}

describe('keepAccess()', () => {
  it.each([
    [0o600, 0o600],
    [0o640, 0o640],
    [0o644, 0o644],
    [0o666, 0o666],
    [0o400, 0o600],
    [0o755, 0o644],
    [0o4755, 0o644],
  ])('gives what replaces a file of mode %o the mode %o', (before, after) => {
    expect(renewed(before).mode & 0o7777).toBe(after);
  });

  it.skipIf(!isRoot)('leaves a file to its owner', () => {
    const { uid, gid, mode } = renewed(0o640, 65_534);
    expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 65_534, gid: 65_534, mode: 0o640 });
  });

  it('leaves a new file as it is', () => {
    rmSync(next, { force: true });
    const file = openSync(next, 'wx', 0o604);
    keepAccess(file, null);
    closeSync(file);
    expect(statSync(next).mode & 0o7777).toBe(0o604 & ~process.umask());
  });
});
