import { describe, expect, it } from 'vitest';
import { escapeText, jsonForScript, readableText } from '../../src/page/escape-text.ts';

describe('escapeText()', () => {
  it('leaves nothing that markup is made of', () => {
    expect(escapeText(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  });

  it('shows what cannot be seen or turns the text around by its code', () => {
    expect(escapeText('a\u202eb\u0007c\u200bd\ufeffe\u2066f\ud800g')).toBe(
      'a\\u202eb\\u0007c\\u200bd\\ufeffe\\u2066f\\ud800g',
    );
  });

  it('leaves letters of all scripts, combining marks and whole pairs alone', () => {
    const text = 'µs ± 漢字 é עברית 🖥️ नमस्ते';
    expect(escapeText(text)).toBe(text);
  });
});

describe('readableText()', () => {
  it('cuts what is too long, and never within a pair', () => {
    expect(readableText('x'.repeat(2000))).toBe('x'.repeat(2000));
    expect(readableText(`${'x'.repeat(1999)}🖥x`)).toBe(`${'x'.repeat(1999)}…`);
  });
});

describe('jsonForScript()', () => {
  it('cannot end the element that it stands in, and is the same value', () => {
    const value = { text: '</script><!--<script>\u2028&' };
    const json = jsonForScript(value);
    expect(json).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});
