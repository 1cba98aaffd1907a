import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, escapeControls, padToWidth, printable } from '../../src/report/display-width.ts';

describe('displayWidth()', () => {
  it.each([
    ['12.3 µs ±0.4%', 13],
    ['✓ – … → −', 9],
    ['设备', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('of "%s" is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('padToWidth()', () => {
  it('fills up by columns and not by characters', () => {
    expect(padToWidth('设', 4)).toBe('设  ');
    expect(padToWidth('µ', 3, 'left')).toBe('  µ');
  });

  it('leaves a text that is wide enough as it is', () => {
    expect(padToWidth('abcd', 2)).toBe('abcd');
  });
});

describe('printable()', () => {
  it('takes escape codes of a device name apart, so that they cannot paint the terminal', () => {
    expect(printable('GPU\u001b[31m\u0007\u202e!')).toBe('GPU?[31m??!');
  });

  it('leaves no control character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('escapeControls()', () => {
  const hostile = 'a\u001b[31mb\u001b]0;x\u0007\u009b2J\u202e\r\n\tc';

  it('leaves lines, tabs and, where asked to, styles', () => {
    const rest = '\\u001b]0;x\\u0007\\u009b2J\\u202e\\u000d\n\tc';
    expect(escapeControls(hostile, false)).toBe(`a\\u001b[31mb${rest}`);
    expect(escapeControls(hostile, true)).toBe(`a\u001b[31mb${rest}`);
  });

  it('leaves JSON the same document', () => {
    expect(JSON.parse(escapeControls(JSON.stringify({ hostile }), false))).toEqual({ hostile });
  });
});
