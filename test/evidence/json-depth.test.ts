import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../src/evidence/json-depth.ts';

const isDeep = (text: string): boolean => isDeeperThan(3, new TextEncoder().encode(text));

describe('isDeeperThan()', () => {
  it('counts lists and objects that lie within each other, and not those beside each other', () => {
    expect(isDeep('[[[1]]]')).toBe(false);
    expect(isDeep('[[[[]]]]')).toBe(true);
    expect(isDeep('[{"a":[{}]}]')).toBe(true);
    expect(isDeep(`[${'[{}],'.repeat(1000)}1]`)).toBe(false);
  });

  it('does not take brackets in strings for any, whatever is escaped there', () => {
    expect(isDeep('["[[[[[", "\\"[[[[", "\\\\"]')).toBe(false);
    expect(isDeep('["\\\\", [[["x"]]]]')).toBe(true);
  });

  it('stands what is no JSON', () => {
    expect(isDeep(']]]]]"')).toBe(false);
    expect(isDeep('"\\')).toBe(false);
  });
});
