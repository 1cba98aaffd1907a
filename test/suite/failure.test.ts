import { expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { failureOf } from '../../src/suite/failure.ts';

it.each([
  ['timeout', 'timeout'],
  ['crash', 'crash'],
  ['vulkan', 'vulkan'],
  ['verification', 'verification'],
  ['environment', 'error'],
] as const)('failureOf() calls an error of code %s a failure of kind %s', (code, kind) => {
  const error = new GuestmarkError(code, 'Cannot go on: it is over', { hint: 'try again' });
  expect(failureOf(error)).toEqual({ kind, message: 'Cannot go on: it is over', hint: 'try again' });
});

it('failureOf() keeps the text of a defect', () => {
  expect(failureOf(new TypeError('x'))).toEqual({ kind: 'error', message: 'x', hint: null });
});
