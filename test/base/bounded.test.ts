import { expect, it } from 'vitest';
import { within } from '../../src/base/bounded.ts';

it('within() lies as far below as above', () => {
  expect(within(-3, 2)).toEqual({ value: -3, low: -5, high: -1 });
});
