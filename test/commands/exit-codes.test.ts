import { describe, expect, it } from 'vitest';
import { type ErrorCode, GuestmarkError } from '../../src/base/errors.ts';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';

describe('exitCodeOf()', () => {
  it.each([
    ['usage', 2],
    ['environment', 3],
    ['output', 4],
    ['crash', 1],
    ['timeout', 1],
    ['interrupted', 130],
  ] as const)('gives %s the code %i', (code: ErrorCode, exit) => {
    expect(exitCodeOf(new GuestmarkError(code, 'Cannot'))).toBe(exit);
  });

  it('tells a defect from a foreseen condition', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(70);
  });
});
