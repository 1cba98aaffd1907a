import { describe, expect, it } from 'vitest';
import { shownText } from '../../src/base/shown-text.ts';

describe('shownText()', () => {
  it('gives a short text as it is', () => {
    expect(shownText(' <= 5 µs ')).toBe('<= 5 µs');
  });

  it('puts blanks for what would steer a terminal or begin a line', () => {
    expect(shownText('a\u001b[2Jb\r\nc\u2028d\u009be')).toBe('a [2Jb  c d e');
  });

  it('cuts a long text, and says so', () => {
    expect(shownText('x'.repeat(100))).toBe(`${'x'.repeat(77)}...`);
    expect(shownText('x'.repeat(1e7), 10)).toBe('xxxxxxx...');
    expect(shownText(`${' '.repeat(100)}x`, 10)).toBe('...');
  });
});
