import { describe, expect, it } from 'vitest';
import { ownValue } from '../../src/base/own-value.ts';

describe('ownValue()', () => {
  it('gives what the record has, and nothing that every object inherits', () => {
    expect(ownValue({ n: 1 }, 'n')).toBe(1);
    expect(['constructor', 'toString', '__proto__', 'm'].map((name) => ownValue({ n: 1 }, name))).toEqual(
      Array(4).fill(undefined),
    );
    expect(ownValue(Object.fromEntries([['__proto__', 5]]), '__proto__')).toBe(5);
    expect(ownValue(undefined, 'n')).toBeUndefined();
  });
});
