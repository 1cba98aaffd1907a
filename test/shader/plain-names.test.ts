import { describe, expect, it } from 'vitest';
import { isPrintable, plainName } from '../../src/shader/plain-names.ts';

describe('plainName()', () => {
  it('keeps identifiers', () => {
    expect(['x', '_a1', 'WORKGROUP_SIZE', 'x'.repeat(255)].map(plainName)).not.toContain(null);
  });

  it.each([undefined, '', '1a', 'a.b', '@data', 'a\n', 'a\u0000', '\u202ea', '__proto__', 'x'.repeat(256)])(
    'drops %j',
    (text) => {
      expect(plainName(text)).toBeNull();
    },
  );
});

describe('isPrintable()', () => {
  it('allows what entry points of other languages are called', () => {
    expect(isPrintable('my_crate::main-cs')).toBe(true);
  });

  it.each(['', 'a b', 'a\u001b', 'é', 'x'.repeat(256)])('refuses %j', (text) => {
    expect(isPrintable(text)).toBe(false);
  });
});
