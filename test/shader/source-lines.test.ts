import { describe, expect, it } from 'vitest';
import { countLines, sourceLines, withPlainLineEnds } from '../../src/shader/source-lines.ts';

const linesOf = (text: string) => [...sourceLines(text)].map(({ line, text }) => [line, text.trim()]);

describe('sourceLines()', () => {
  it.each([
    ['comments to the end of a line', 'a // b\nc', [1, 'a'], [2, 'c']],
    ['a comment of several lines, which leaves lines', 'a /* b\n c */ d\ne', [1, 'a'], [2, 'd'], [3, 'e']],
    ['a comment that begins in another', '// /*\na /* // */ b', [2, 'a   b']],
    ['what only looks like a comment', 'a "/* // " b', [1, 'a "/* // " b']],
    ['a string behind an escaped quote', '"\\" /*" a', [1, '"\\" /*" a']],
    ['a continued line', 'a\\\nb\nc', [1, 'ab'], [3, 'c']],
    ['a continued comment', '// a \\\nb\nc', [3, 'c']],
    ['a comment sign in two lines', '/\\\n/ a\nb', [3, 'b']],
    ['several backslashes', 'a\\\\\n\nb', [1, 'a'], [3, 'b']],
    ['a directive that goes on behind a comment', '#define A /*\n*/ 1\nb', [1, '#define A    1'], [3, 'b']],
    ['a comment without end', 'a /* b\nc', [1, 'a']],
    ['a backslash at the end', 'a\\', [1, 'a']],
  ] as const)('reads %s', (_, text, ...lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('takes a time in proportion to the text', () => {
    const texts = [
      '"'.repeat(2 ** 20),
      '/'.repeat(2 ** 20),
      '/*\n'.repeat(2 ** 20),
      `#${'/**/'.repeat(2 ** 18)}`,
    ];
    const started = performance.now();
    for (const text of [...texts, 'a\\\n'.repeat(2 ** 18), '#/*\n*/'.repeat(2 ** 17)]) {
      expect([...sourceLines(text)].length).toBeLessThan(text.length);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('withPlainLineEnds()', () => {
  it('knows the line ends of GLSL, and drops a byte order mark', () => {
    expect(withPlainLineEnds('\uFEFFa\r\nb\rc\n')).toBe('a\nb\nc\n');
  });
});

describe('countLines()', () => {
  it('counts the one after the last line end', () => {
    expect(['', 'a', 'a\n', 'a\nb'].map(countLines)).toEqual([1, 1, 2, 2]);
  });
});
