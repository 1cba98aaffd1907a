import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../src/suite/selector.ts';

describe('parseSelector()', () => {
  it('matches a name exactly', () => {
    const { matchesName } = parseSelector('copy');
    expect(['copy', 'copy-h2d', 'xcopy'].map(matchesName)).toEqual([true, false, false]);
  });

  it('matches globs, and no more than the glob says', () => {
    const { matchesName } = parseSelector('hist*-g?obal');
    expect(['histogram-global', 'histogram-gobal', 'histogram-shared'].map(matchesName)).toEqual([
      true,
      false,
      false,
    ]);
    expect(parseSelector('a.c').matchesName('abc')).toBe(false);
  });

  it('takes no time over many stars', () => {
    expect(parseSelector(`a${'*b'.repeat(40)}c`).matchesName('ab'.repeat(100))).toBe(false);
  });

  it('quotes the beginning of a long one', () => {
    expect(() => parseSelector(`[\n${'x'.repeat(10_000)}`)).toThrow(
      /^Cannot read selector "\[ x{72,80}\.\.\.": /,
    );
  });

  it('reads axis values with suffixes', () => {
    expect(parseSelector('copy[n=16Mi, WORKGROUP_SIZE=*]').axes).toEqual({
      n: 16 * 2 ** 20,
      WORKGROUP_SIZE: '*',
    });
  });

  it.each(['', 'copy[', 'copy[n]', 'copy[n=]', 'co py', 'copy[n=many]', 'copy[n=1][m=2]'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseSelector(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});
