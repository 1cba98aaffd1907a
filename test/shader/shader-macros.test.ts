import { describe, expect, it } from 'vitest';
import { checkMacros } from '../../src/shader/shader-macros.ts';

describe('checkMacros()', () => {
  it('takes names with values of one line', () => {
    checkMacros({ A: '', _b2: '2 * (8 / 4)', C: 'a\tb', D: '"x\\n"' });
  });

  it.each([
    ['A B', '1', 'it is not a plain name'],
    ['A(x)', '1', 'it is not a plain name'],
    ['', '1', 'it is not a plain name'],
    ['A', '1\n#include "x"', 'its value is more than one line'],
    ['A', '1\r', 'its value is more than one line'],
    ['A', '\0', 'its value is more than one line'],
    ['A', '1 /* x', 'its value holds a comment'],
    ['A', '1 // x', 'its value holds a comment'],
    ['A', '1 \\', 'its value ends in a backslash'],
  ])('refuses %j = %j', (name, value, state) => {
    expect(() => checkMacros({ [name]: value })).toThrow(
      `Cannot define ${JSON.stringify(name)} for a shader: ${state}`,
    );
  });
});
