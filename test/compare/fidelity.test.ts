import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { compareOutputHashes, fidelityOf } from '../../src/compare/fidelity.ts';
import { caseEvidence, runEvidence } from './sample-sides.ts';

const withHashes = (...hashes: (string | null)[]) =>
  caseEvidence(
    'copy',
    { seed: 1 },
    {
      runs: hashes.map((hash) =>
        runEvidence([1e6], { outputSha256: hash === null ? unavailable('none repeats') : available(hash) }),
      ),
    },
  );

test('the same bytes in every run of both sides are equal, and other bytes different', () => {
  expect(compareOutputHashes(withHashes('a', 'a'), withHashes('a'))).toEqual({
    verdict: 'equal',
    reason: null,
  });
  expect(compareOutputHashes(withHashes('a', 'a'), withHashes('b', 'b')).verdict).toBe('different');
});

test('outputs that vary within a side, or are missing, say nothing', () => {
  expect(compareOutputHashes(withHashes('a', 'b'), withHashes('a'))).toMatchObject({
    verdict: 'unknown',
    reason: expect.stringContaining('between the runs of the baseline itself'),
  });
  expect(compareOutputHashes(withHashes('a'), withHashes('a', 'c')).reason).toContain('the contender itself');
  expect(compareOutputHashes(withHashes('a'), withHashes(null)).reason).toBe(
    'no outputs of the contender: none repeats',
  );
  expect(compareOutputHashes(withHashes(), withHashes('a')).reason).toContain('no run that may be reported');
  const wrong = { ...withHashes(), problems: ['its output is wrong'] };
  expect(compareOutputHashes(withHashes('a'), wrong).reason).toBe(
    'no outputs of the contender: it has no run that may be reported: its output is wrong',
  );
});

test('one case with other bytes makes the environments differ', () => {
  const outputs = (verdict: 'equal' | 'different' | 'unknown') => ({ verdict, reason: null });
  const cases = [
    { id: 'a', outputs: outputs('equal') },
    { id: 'b', outputs: outputs('different') },
    { id: 'c', outputs: outputs('unknown') },
  ];
  expect(fidelityOf(cases)).toMatchObject({ verdict: 'different', equal: 1, different: ['b'], unknown: 1 });
  expect(fidelityOf(cases.slice(0, 1)).statement).toContain('the one case');
  expect(fidelityOf(cases.slice(2))).toMatchObject({ verdict: 'unknown', equal: 0 });
});
