import { expect, test } from 'vitest';
import { pairCases } from '../../src/compare/pair-cases.ts';
import { caseEvidence, side } from './sample-sides.ts';

test('cases pair by their id, in the order of the baseline; nothing pairs by likeness', () => {
  const named = (...ids: string[]) => side(ids.map((id) => caseEvidence(id, { seed: 1, runs: 1 })));
  const { pairs, unpaired } = pairCases(named('c', 'a', 'b[n=1]'), named('a', 'c', 'b[n=2]', '__proto__'));
  expect(pairs.map(({ baseline }) => baseline.id)).toEqual(['c', 'a']);
  expect(pairs.every(({ baseline, contender }) => baseline.id === contender.id)).toBe(true);
  expect(unpaired).toEqual({ baseline: ['b[n=1]'], contender: ['b[n=2]', '__proto__'] });
});
