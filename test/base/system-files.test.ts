import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSystemBytes, systemFiles } from '../../src/base/system-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'guestmark-root-'));
  mkdirSync(join(root, 'proc'));
  writeFileSync(join(root, 'proc', 'stat'), 'cpu 1 2 3\n');
  writeFileSync(join(root, 'proc', 'cmdline'), 'quiet\n');
  symlinkSync('../devices/gpu', join(root, 'proc', 'link'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('systemFiles()', () => {
  it('reads, lists and resolves below the root', () => {
    const files = systemFiles(root);
    expect(files.read('/proc/stat')).toEqual({ available: true, value: 'cpu 1 2 3\n' });
    expect(files.list('/proc')).toEqual({ available: true, value: ['cmdline', 'link', 'stat'] });
    expect(files.link('/proc/link')).toEqual({ available: true, value: '../devices/gpu' });
  });

  it('says which path is missing and why, without the root', () => {
    const files = systemFiles(root);
    expect(files.read('/proc/version')).toEqual({ available: false, reason: '/proc/version: ENOENT' });
    expect(files.read('/proc')).toEqual({ available: false, reason: '/proc: EISDIR' });
    expect(files.list('/sys')).toEqual({ available: false, reason: '/sys: ENOENT' });
    expect(files.link('/proc/stat')).toEqual({ available: false, reason: '/proc/stat: EINVAL' });
  });

  it('reads the bytes of a table as characters of the same number', () => {
    const bytes = [0x46, 0x00, 0xe8, 0xc3, 0xa4, 0xff];
    writeFileSync(join(root, 'proc', 'table'), Buffer.from(bytes));
    const text = systemFiles(root).read('/proc/table', 'latin1');
    rmSync(join(root, 'proc', 'table'));
    expect(text.available && [...text.value].map((one) => one.charCodeAt(0))).toEqual(bytes);
  });

  it('reads this machine without a root', () => {
    expect(systemFiles().read('/proc/self/stat')).toMatchObject({
      available: true,
      value: expect.stringContaining(String(process.pid)),
    });
  });
});

describe('readSystemBytes()', () => {
  it('reads what is no text, and neither what is missing nor what leads out', () => {
    writeFileSync(join(root, 'proc', 'config.gz'), Uint8Array.of(0x1f, 0x8b, 0xff));
    symlinkSync('/proc/version', join(root, 'proc', 'outside'));
    expect(readSystemBytes(root, '/proc/config.gz')).toMatchObject({ value: Buffer.of(0x1f, 0x8b, 0xff) });
    expect(readSystemBytes(root, '/proc/none')).toEqual({ available: false, reason: '/proc/none: ENOENT' });
    expect(readSystemBytes(root, '/proc/outside')).toEqual({
      available: false,
      reason: '/proc/outside: leads out of the recorded machine',
    });
  });
});
