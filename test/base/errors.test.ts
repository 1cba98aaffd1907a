import { describe, expect, it } from 'vitest';
import { describeError, GuestmarkError } from '../../src/base/errors.ts';

describe('GuestmarkError', () => {
  it('carries a code, a hint and a cause, and is an Error', () => {
    const cause = new Error('below');
    const error = new GuestmarkError('output', 'Cannot write: full', { hint: 'free some space', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'GuestmarkError',
      code: 'output',
      message: 'Cannot write: full',
      hint: 'free some space',
      cause,
    });
  });

  it('has no cause unless one was given', () => {
    expect(Object.hasOwn(new GuestmarkError('usage', 'Cannot read: odd'), 'cause')).toBe(false);
  });
});

describe('describeError()', () => {
  it('puts the hint behind the message', () => {
    expect(describeError(new GuestmarkError('usage', 'Cannot read: odd', { hint: 'try 4Mi' }))).toBe(
      'Cannot read: odd; try 4Mi',
    );
    expect(describeError(new GuestmarkError('usage', 'Cannot read: odd'))).toBe('Cannot read: odd');
  });

  it('takes whatever was thrown', () => {
    expect(describeError(new TypeError('x is not a function'))).toBe('x is not a function');
    expect([describeError('text'), describeError(undefined), describeError(7)]).toEqual([
      'text',
      'undefined',
      '7',
    ]);
  });
});
