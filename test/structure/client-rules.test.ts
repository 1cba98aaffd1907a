// The rules for scripts of the page are tried on snippets that break them.
import { describe, expect, it } from 'vitest';
import { clientProblems } from './client-rules.ts';
import { parseSource } from './source-file.ts';

const of = (text: string): readonly string[] => clientProblems([parseSource('src/page/client/x.ts', text)]);

describe('clientProblems()', () => {
  it.each([
    ["import { x } from '../page-data.ts';", 'is then no script'],
    ['export const x = 1;', 'is then no script'],
    ["const x = await import('../x.ts');", 'is then no script'],
    ["element.innerHTML = '<b>';", 'makes markup'],
    ["element.insertAdjacentHTML('beforeend', text);", 'makes markup'],
    ['document.write(text);', 'makes markup'],
    ["eval('1');", 'makes code'],
    ["new Function('return 1');", 'makes code'],
    ["element.setAttribute('onclick', text);", 'makes code'],
    ["element.setAttribute('style', text);", 'style attribute'],
    ['make({ attributes: { style: text } });', 'style attribute'],
    ["fetch('https://example.org');", 'asks the network'],
    ["localStorage.setItem('theme', 'dark');", 'keeps something'],
  ])('finds what is wrong with %s', (text, problem) => {
    expect(of(text).join()).toContain(problem);
  });

  it('has nothing against types, text nodes, and styles by property', () => {
    expect(of("type X = import('../page-data.ts').PageData;")).toEqual([]);
    expect(of("element.textContent = text; element.style.left = '1px';")).toEqual([]);
    expect(of('// innerHTML is not used')).toEqual([]);
  });
});
