import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/display-width.ts';
import { wrapText } from '../../src/report/wrap-text.ts';

describe('wrapText()', () => {
  it('breaks between words', () => {
    expect(wrapText('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });

  it('breaks a case id that does not fit behind its commas', () => {
    expect(wrapText('copy[n=16Mi,WORKGROUP_SIZE=256]', 21)).toEqual(['copy[n=16Mi,', 'WORKGROUP_SIZE=256]']);
  });

  it('leaves an index in a message together', () => {
    expect(wrapText('it is wrong: c[17] is 3.5', 15)).toEqual(['it is wrong:', 'c[17] is 3.5']);
  });

  it('breaks a word that fits no line anywhere', () => {
    expect(wrapText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('keeps the space behind a word that was broken anywhere', () => {
    expect(wrapText('abcdefg hi jk', 5)).toEqual(['abcde', 'fg hi', 'jk']);
    expect(wrapText('abcde fg', 5)).toEqual(['abcde', 'fg']);
  });

  it('breaks a path that fits no line behind its slashes', () => {
    expect(wrapText('/sys/devices/system/cpu: ENOENT', 14)).toEqual([
      '/sys/devices/',
      'system/cpu:',
      'ENOENT',
    ]);
  });

  it('leaves a path that fits a line together', () => {
    expect(wrapText('not in /proc/stat', 10)).toEqual(['not in', '/proc/stat']);
  });

  it('starts a new line at a line feed', () => {
    expect(wrapText('a\n\nb', 5)).toEqual(['a', '', 'b']);
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bb', ' ', '[', ',', 'µ', '设', '\n', '-'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (input, width) => {
        const lines = wrapText(input, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(input.replaceAll(/[ \n]/g, ''));
      }),
    );
  });
});
