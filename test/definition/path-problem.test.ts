import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pathProblem } from '../../src/definition/path-problem.ts';

function problemOf(path: string): string {
  try {
    readFileSync(path);
  } catch (error) {
    return pathProblem(error);
  }
  throw new Error('it could be read');
}

describe('pathProblem()', () => {
  it.each([
    ['./no-such-file', 'there is no such file or folder'],
    ['package.json/x', 'a part of the path is not a folder'],
    ['test', 'it is a folder'],
    ['x'.repeat(300), 'the name is too long'],
  ])('says of %s: %s', (path, problem) => expect(problemOf(path)).toBe(problem));

  it('names an error that it has no words for', () => {
    expect(pathProblem(Object.assign(new Error('bad'), { code: 'EIO' }))).toBe('it cannot be read (EIO)');
  });
});
