import { describe, expect, it } from 'vitest';
import { painter, textOf } from '../../src/report/paint.ts';

describe('painter()', () => {
  it('writes no escape code unless asked', () => {
    expect(painter(false)({ text: 'FAILED', style: 'bad' })).toBe('FAILED');
  });

  it('writes escape codes when asked, whatever the environment says of colours', () => {
    expect(painter(true)({ text: 'ok', style: 'good' })).toBe('\u001b[32mok\u001b[39m');
  });

  it('paints the padded text in place of the bare one', () => {
    expect(painter(true)({ text: 'ok', style: 'good' }, 'ok  ')).toBe('\u001b[32mok  \u001b[39m');
  });

  it('leaves plain text and blanks alone', () => {
    expect(painter(true)('plain')).toBe('plain');
    expect(painter(true)({ text: '', style: 'bad' }, '   ')).toBe('   ');
  });
});

describe('textOf()', () => {
  it('is the text without its meaning', () => {
    expect([textOf('a'), textOf({ text: 'b', style: 'quiet' })]).toEqual(['a', 'b']);
  });
});
