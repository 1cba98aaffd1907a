import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
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

describe('systemFiles() of a hostile folder', () => {
  let hostile: string;
  beforeAll(() => {
    hostile = join(root, 'hostile');
    mkdirSync(join(hostile, 'sys'), { recursive: true });
    execFileSync('mkfifo', [join(hostile, 'sys/pipe')]);
    symlinkSync('pipe', join(hostile, 'sys/to-pipe'));
    symlinkSync('/dev/zero', join(hostile, 'sys/zero'));
    symlinkSync('/proc', join(hostile, 'sys/proc'));
    symlinkSync('loop', join(hostile, 'sys/loop'));
    symlinkSync('..', join(hostile, 'sys/up'));
    symlinkSync('../..', join(hostile, 'sys/above'));
    for (const [name, bytes] of [
      ['most', 2 ** 22],
      ['more', 2 ** 22 + 1],
    ] as const) {
      writeFileSync(join(hostile, 'sys', name), 'x');
      truncateSync(join(hostile, 'sys', name), bytes);
    }
  });

  it.each([
    ['pipe', 'is no regular file'],
    ['to-pipe', 'is no regular file'],
    ['zero', 'leads out of the recorded machine'],
    ['proc', 'leads out of the recorded machine'],
    ['proc/version', 'leads out of the recorded machine'],
    ['above/proc/stat', 'leads out of the recorded machine'],
    ['loop', 'ELOOP'],
    ['up', 'EISDIR'],
    ['up/sys', 'EISDIR'],
    ['more', 'has more than 4 MiB'],
    ['no\0name', 'ERR_INVALID_ARG_VALUE'],
    ['n'.repeat(300), 'ENAMETOOLONG'],
  ])('gives a reason for %s at once', (name, reason) => {
    expect(systemFiles(hostile).read(`/sys/${name}`)).toEqual({
      available: false,
      reason: `/sys/${name}: ${reason}`,
    });
  });

  it('waits for no pipe and reads no device on this machine either', () => {
    const pipe = join(hostile, 'sys/pipe');
    expect(systemFiles().read(pipe)).toEqual({ available: false, reason: `${pipe}: is no regular file` });
    expect(systemFiles().read('/dev/zero')).toEqual({
      available: false,
      reason: '/dev/zero: is no regular file',
    });
  });

  it('reads a file of 4 MiB whole', () => {
    const text = systemFiles(hostile).read('/sys/most', 'latin1');
    expect(text.available && text.value.length).toBe(2 ** 22);
  });

  it('lists no folder outside, and gives the target of a link without going there', () => {
    const files = systemFiles(hostile);
    expect(files.list('/sys/proc').available).toBe(false);
    expect(files.list('/sys/up')).toEqual({ available: true, value: ['sys'] });
    expect(files.link('/sys/zero')).toEqual({ available: true, value: '/dev/zero' });
    expect(files.link('/sys/proc/self').available).toBe(false);
    expect(files.list('/sys/pipe')).toEqual({ available: false, reason: '/sys/pipe: ENOTDIR' });
  });

  it('takes .. above the root for the root', () => {
    const files = systemFiles(hostile);
    expect(files.read('/../proc/stat')).toEqual({ available: false, reason: '/../proc/stat: ENOENT' });
    expect(files.read('../../../proc/stat').available).toBe(false);
    expect(files.list('/../..')).toEqual({ available: true, value: ['sys'] });
  });

  it('gives a reason where the root itself is missing', () => {
    expect(systemFiles(join(root, 'none')).list('/')).toEqual({ available: false, reason: '/: ENOENT' });
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
