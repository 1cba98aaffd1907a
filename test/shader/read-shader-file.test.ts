import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeShaderText, readShaderFile } from '../../src/shader/read-shader-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string, content?: string): string => {
  if (content !== undefined) writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('readShaderFile()', () => {
  it('reads a file whole', async () => {
    expect(Buffer.from(await readShaderFile(path('a.comp', 'text'))).toString()).toBe('text');
  });

  path('empty', '');
  path('huge', '');
  truncateSync(path('huge'), 64 * 2 ** 20 + 1);
  symlinkSync('loop', path('loop'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [path('pipe')]);

  it.each([
    ['missing', 'no such file'],
    ['empty/x', 'no such file'],
    ['.', 'it is a folder'],
    ['empty', 'it is empty'],
    ['huge', 'it is larger than 64 MiB'],
    ['loop', 'its links lead in a circle'],
    ...(process.platform === 'win32' ? [] : [['pipe', 'it is no regular file']]),
  ])('refuses %s', async (name, state) => {
    await expect(readShaderFile(path(name as string))).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot read shader ${path(name as string)}: ${state}`,
    });
  });
});

describe('decodeShaderText()', () => {
  it('takes other encodings in comments, but no binary', () => {
    expect(decodeShaderText('a', Buffer.from([0x2f, 0x2f, 0xe4, 0x0a, 0x78]))).toMatch(/\nx$/);
    expect(() => decodeShaderText('a.comp', Buffer.from([3, 2, 0, 7]))).toThrow(
      'Cannot read shader a.comp: it is no text in UTF-8',
    );
  });
});
