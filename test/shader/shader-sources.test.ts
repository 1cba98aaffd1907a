import { describe, expect, it } from 'vitest';
import { hashShaderSources } from '../../src/shader/shader-sources.ts';

describe('hashShaderSources()', () => {
  const of = (...texts: string[]) => hashShaderSources(texts.map((text) => ({ path: 'a', text })));

  it('tells texts apart, and where one ends', () => {
    expect(of('ab', 'c')).toBe(of('ab', 'c'));
    expect(new Set([of('ab', 'c'), of('a', 'bc'), of('abc'), of('c', 'ab')]).size).toBe(4);
  });
});
