import { describe, expect, it } from 'vitest';
import { type ErrorCode, GuestmarkError } from '../../src/base/errors.ts';
import { exitCodeOf, exitCodeOfReport } from '../../src/commands/exit-codes.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { withVerdicts } from '../../src/report/threshold-verdict.ts';
import { caseResult, failedCase, sampleReport, skippedCase } from '../report/sample-report.ts';

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

describe('exitCodeOfReport()', () => {
  // 0.4 ms an iteration.
  const limited = (limit: number): CaseResult =>
    withVerdicts(caseResult(), [{ metric: 'gpuTime', relation: '<=', limit, unit: 'ns' }]);

  it.each<[string, readonly CaseResult[], number]>([
    ['all was measured', [caseResult(), skippedCase()], 0],
    ['a case failed', [caseResult(), failedCase()], 1],
    ['every case was skipped', [skippedCase()], 1],
    ['a threshold is met', [limited(1e6)], 0],
    ['a threshold is missed', [caseResult(), limited(1e5)], 1],
    ['a threshold is unclear', [limited(caseResult().metrics[0]?.value ?? 0)], 0],
  ])('says that %s', (_, results, code) => {
    expect(exitCodeOfReport(sampleReport({ results }))).toBe(code);
  });

  it('tells an interruption first, and messages of the validation layer', () => {
    const messages = [{ run: 1, severity: 'error', id: 'VUID', message: 'no' }];
    expect(exitCodeOfReport(sampleReport({ validation: { enabled: true, messages } }))).toBe(1);
    expect(exitCodeOfReport(sampleReport({ status: 'partial', results: [limited(1e5)] }))).toBe(130);
  });
});
