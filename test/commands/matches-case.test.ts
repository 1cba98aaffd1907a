import { expect, it } from 'vitest';
import { matchesCase } from '../../src/commands/matches-case.ts';
import { parseSelector } from '../../src/suite/selector.ts';

const CASE = { benchmark: 'copy', axes: { n: 4 * 2 ** 20, WORKGROUP_SIZE: 256 } };

it.each([
  ['copy', true],
  ['co*', true],
  ['copy[n=4Mi]', true],
  ['copy[n=*,WORKGROUP_SIZE=256]', true],
  ['copy[n=1Mi]', false],
  ['copy[loops=*]', false],
  ['copy[constructor=*]', false],
  ['triad', false],
])('matchesCase() with %s is %s', (text, expected) => {
  expect(matchesCase(parseSelector(text), CASE)).toBe(expected);
});
