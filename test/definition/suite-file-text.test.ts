import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSuiteText } from '../../src/definition/suite-file-text.ts';
import { errorText } from './error-text.ts';
import { folderOf } from './temporary-folder.ts';

describe('readSuiteText()', () => {
  it('reads text without its byte order mark, up to a mebibyte', () => {
    const folder = folderOf({ a: '\uFEFFname: ä', b: 'x'.repeat(2 ** 20), c: 'x'.repeat(2 ** 20 + 1) });
    expect(readSuiteText(join(folder, 'a'))).toBe('name: ä');
    expect(readSuiteText(join(folder, 'b'))).toHaveLength(2 ** 20);
    expect(errorText(() => readSuiteText(join(folder, 'c')))).toMatch(
      /^Cannot read suite file .*c: it is larger than 1 MiB$/,
    );
  });

  it('refuses what is no text', () => {
    const folder = folderOf({ nul: 'a\0b', latin: Uint8Array.of(0x61, 0xe4, 0x62) });
    for (const name of ['nul', 'latin']) {
      expect(errorText(() => readSuiteText(join(folder, name)))).toMatch(/: it is no text in UTF-8$/);
    }
  });

  it('refuses what is no file, without waiting for it', () => {
    const folder = folderOf({});
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(errorText(() => readSuiteText(join(folder, 'pipe')))).toMatch(/: it is no regular file$/);
    expect(errorText(() => readSuiteText('/dev/zero'))).toMatch(/: it is no regular file$/);
    expect(errorText(() => readSuiteText(folder))).toMatch(/: it is no regular file$/);
    expect(errorText(() => readSuiteText(join(folder, 'x')))).toMatch(/: there is no such file or folder$/);
  });
});
