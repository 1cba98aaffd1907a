import { describe, expect, it } from 'vitest';
import { chooseNames } from '../../src/shader/binding-names.ts';

describe('chooseNames()', () => {
  it('takes the best name of each where they differ', () => {
    expect(
      chooseNames([
        ['x', 'a'],
        ['y', 'b'],
      ]),
    ).toEqual(['x', 'y']);
  });

  it('takes the next for all that clash, and leaves the others', () => {
    expect(
      chooseNames([
        ['data', 'a'],
        ['x', 'c'],
        ['data', 'b'],
      ]),
    ).toEqual(['a', 'x', 'b']);
  });

  it('goes on when the next clashes too', () => {
    const names = chooseNames([
      ['data', 'x', 'binding0'],
      ['data', 'b'],
      ['x', 'binding2'],
    ]);
    expect(names).toEqual(['binding0', 'b', 'binding2']);
  });

  it('ends when no name is left', () => {
    expect(chooseNames([['x'], ['x']])).toEqual(['x', 'x']);
  });
});
