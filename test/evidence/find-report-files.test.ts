import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findReportFiles } from '../../src/evidence/find-report-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Makes empty files and the folders above them; gives the path of the first. */
function touch(...names: readonly string[]): string {
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  return join(folder, names[0] as string);
}

/** What was found, without the folder. */
function found(...paths: readonly string[]): readonly string[] {
  return findReportFiles(paths).files.map((file) => file.replace(`${folder}/`, ''));
}

describe('findReportFiles()', () => {
  it('takes the JSON files of a folder by name, three levels down', () => {
    touch('b.json', 'a.json', 'note.txt', 'x/y/z/deep.json', 'x/y/z/w/deeper.json', 'A.json');
    expect(found(folder)).toEqual(['A.json', 'a.json', 'b.json', 'x/y/z/deep.json']);
  });

  it('leaves out hidden and temporary files and folders', () => {
    touch('a.json', '.guestmark-1-ab.tmp', '.b.json', '.git/c.json', '~d.json');
    expect(found(folder)).toEqual(['a.json']);
  });

  it('takes what is named, whatever its name', () => {
    const file = touch('.report');
    expect(found(file)).toEqual(['.report']);
  });

  it('takes a file once, by the name that came first', () => {
    const file = touch('a.json');
    symlinkSync(file, join(folder, 'b.json'));
    expect(found(file, folder, join(folder, 'b.json'))).toEqual(['a.json']);
  });

  it('follows no links to folders below and survives links that lead in a circle or nowhere', () => {
    touch('a.json');
    symlinkSync(folder, join(folder, 'loop'));
    symlinkSync('c.json', join(folder, 'c.json'));
    symlinkSync('gone', join(folder, 'd.json'));
    mkdirSync(join(folder, 'e.json'));
    expect(found(folder)).toEqual(['a.json']);
  });

  it('says which names give nothing, and goes on', () => {
    const file = touch('a.json');
    mkdirSync(join(folder, 'empty'));
    const { files, refused } = findReportFiles([join(folder, 'gone'), join(folder, 'empty'), file, '']);
    expect(files).toEqual([file]);
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Cannot read ".*gone": there is no such file or folder$/),
      expect.stringMatching(/empty": there is no \*\.json file in this folder$/),
      'Cannot read "": there is no such file or folder',
    ]);
  });
});
