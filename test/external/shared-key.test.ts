import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findSharedKey, KEY_VARIABLE } from '../../src/external/shared-key.ts';

const TEXT = 'sixteen bytes or more';

function keyFile(text: string | Uint8Array, mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'time.key');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

it('findSharedKey() takes the same key from a file and from the environment', () => {
  const key = Buffer.from(TEXT);
  expect(findSharedKey(keyFile(`${TEXT}\n`, 0o600), {})).toEqual({ key, caution: null });
  expect(findSharedKey(undefined, { [KEY_VARIABLE]: TEXT })).toEqual({ key, caution: null });
  expect(findSharedKey(undefined, {})).toBeNull();
});

it('findSharedKey() takes a key of any bytes', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i));
  expect(findSharedKey(keyFile(key, 0o600), {})?.key).toEqual(key);
});

it('findSharedKey() prefers the file', () => {
  const found = findSharedKey(keyFile(TEXT, 0o600), { [KEY_VARIABLE]: 'another key of the environment' });
  expect(found?.key).toEqual(Buffer.from(TEXT));
});

it('findSharedKey() cautions of a file that others can read', () => {
  expect(findSharedKey(keyFile(TEXT, 0o644), {})?.caution).toMatch(/can be read by other users/);
});

it.each([
  ['', 'Cannot use the key in GUESTMARK_TIME_KEY: 0 bytes, and fewer than 16 can be guessed'],
  ['too short', 'Cannot use the key in GUESTMARK_TIME_KEY: 9 bytes, and fewer than 16 can be guessed'],
])('findSharedKey() refuses the key "%s"', (text, message) => {
  expect(() => findSharedKey(undefined, { [KEY_VARIABLE]: text })).toThrow(message);
});

it('findSharedKey() says which file is not there', () => {
  expect(() => findSharedKey('/nonexistent/time.key', {})).toThrow(
    'Cannot read the key /nonexistent/time.key: there is no such file',
  );
});
