import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/evidence/case-evidence.ts';
import type { CaseEvidence } from '../../src/evidence/evidence.ts';
import { mergeCases } from '../../src/evidence/merge-cases.ts';
import { caseResult, sampleReport } from '../report/sample-report.ts';

const [COPY] = evidenceOf(sampleReport({ results: [caseResult()] }), 'a.json').cases as [CaseEvidence];

function merged(...parts: readonly Partial<CaseEvidence>[]): CaseEvidence {
  const cases = mergeCases();
  for (const part of parts) cases.add([{ ...COPY, ...part }]);
  const all = cases.all();
  expect(all).toHaveLength(1);
  return all[0] as CaseEvidence;
}

describe('mergeCases()', () => {
  it('puts the runs of a case together, and cases in the order in which they came', () => {
    const cases = mergeCases();
    cases.add([COPY, { ...COPY, id: '__proto__' }]);
    cases.add([{ ...COPY, id: 'constructor' }, { ...COPY, id: '__proto__' }, COPY]);
    expect(cases.all().map(({ id, runs }) => [id, runs.length])).toEqual([
      [COPY.id, 10],
      ['__proto__', 10],
      ['constructor', 5],
    ]);
  });

  it('has every problem once', () => {
    expect(merged({ problems: ['a', 'b'] }, { problems: ['b'] }).problems).toEqual(['a', 'b']);
  });

  it('makes no rates where the reports mean other work by the same case', () => {
    const { bytes, items, problems } = merged({ bytes: 1 }, { bytes: 2 });
    expect([bytes, items]).toEqual([null, null]);
    expect(problems).toEqual(['no rate: the reports do not agree on what an iteration does']);
  });

  it('makes rates where most reports may', () => {
    const none = { bytes: null, flops: null, items: null, problems: ['no rate: twice the n took as long'] };
    expect(merged(none, {}, {}).bytes).toBe(COPY.bytes);
    expect(merged(none, none, {}).bytes).toBeNull();
    expect(merged(none, {}).problems).toEqual(none.problems);
  });

  it('says where shaders differ', () => {
    const { problems, spirvSha256 } = merged({ spirvSha256: 'a' }, { spirvSha256: 'b' });
    expect(problems).toEqual(['the reports have different shaders by this name']);
    expect(spirvSha256).toBe('a');
  });
});
