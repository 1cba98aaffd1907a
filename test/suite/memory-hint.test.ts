import { expect, it } from 'vitest';
import { memoryHint } from '../../src/suite/memory-hint.ts';

it('memoryHint() knows the error of an array that gets no memory', () => {
  let thrown: unknown;
  try {
    // As much as may be asked for, and more than any machine has.
    new ArrayBuffer(Number.MAX_SAFE_INTEGER);
  } catch (error) {
    thrown = error;
  }
  expect(memoryHint(thrown)).toContain('memory ran out');
  expect(memoryHint(new RangeError('Invalid typed array length: -1'))).toBeUndefined();
  expect(memoryHint('Array buffer allocation failed')).toBeUndefined();
});
