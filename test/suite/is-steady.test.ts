import { expect, it } from 'vitest';
import { isSteady } from '../../src/suite/is-steady.ts';

it.each([
  ['a clock that rises', [9, 8, 7, 6, 5, 4, 3, 2], false],
  ['a device that heats up', [10, 10, 10, 11, 12, 13, 14, 15], false],
  ['noise around one time', [10, 10.3, 9.8, 10.1, 10, 9.9, 10.2, 10], true],
  ['a single slow submission', [10, 10, 10, 90, 10, 10, 10, 10], true],
  ['too few times', [9, 1, 1, 1], true],
  ['a clock that stands still', [0, 0, 0, 0, 0, 0], true],
])('isSteady() of %s', (_, timesNs, expected) => {
  expect(isSteady(timesNs)).toBe(expected);
});
