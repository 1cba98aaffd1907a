import { describe, expect, it } from 'vitest';
import { fileProblem } from '../../src/base/file-problem.ts';

describe('fileProblem()', () => {
  it.each([
    ['ENOSPC', 'no space left on the device'],
    ['EDQUOT', 'the disk quota is used up'],
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
    ['ENOENT', 'the folder does not exist'],
    ['EISDIR', 'it is a folder'],
  ])('says %s in words', (code, words) => {
    const cause = Object.assign(new Error(`${code}: something`), { code });
    const error = fileProblem('report', 'out.json', cause);
    expect(error.message).toBe(`Cannot write report "out.json": ${words}`);
    expect(error).toMatchObject({ code: 'output', cause });
    expect(error.hint).toBeTruthy();
  });

  it('passes on a code that it has no words for', () => {
    expect(fileProblem('report', 'x', Object.assign(new Error('odd'), { code: 'EODD' })).message).toContain(
      'EODD',
    );
    expect(fileProblem('report', 'x', new Error('no code at all')).message).toContain('no code at all');
  });
});
