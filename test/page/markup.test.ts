import { describe, expect, it } from 'vitest';
import { element, joined } from '../../src/page/markup.ts';

describe('element()', () => {
  it('takes text as text and markup as markup', () => {
    expect(element('p', {}, '<b>', element('i', {}, 1), [null, false, '&']).markup).toBe(
      '<p>&lt;b&gt;<i>1</i>&amp;</p>',
    );
  });

  it('leaves out attributes that are null or false, and rounds numbers', () => {
    expect(element('p', { id: null, open: false, hidden: true, title: '"', width: 1.23456 }).markup).toBe(
      '<p hidden="" title="&quot;" width="1.23"></p>',
    );
  });

  it('closes elements without content', () => {
    expect(joined(element('br'), element('meta', { charset: 'utf-8' })).markup).toBe(
      '<br /><meta charset="utf-8" />',
    );
  });
});
