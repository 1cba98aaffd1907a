import { describe, expect, it } from 'vitest';
import type { CaseResult, Threshold } from '../../src/report/report.ts';
import { verdictOf, withVerdicts } from '../../src/report/threshold-verdict.ts';
import { caseResult, caseRun, failedCase, sampleColumns, skippedCase } from './sample-report.ts';

const INTERVAL = { low: 4, high: 6 };

describe('verdictOf()', () => {
  it.each([
    ['<=', 6, 'met'],
    ['<=', 5, 'unclear'],
    ['<=', 4, 'unclear'],
    ['<=', 3.9, 'missed'],
    ['<', 6.1, 'met'],
    ['<', 6, 'unclear'],
    ['<', 4, 'missed'],
    ['>=', 4, 'met'],
    ['>=', 6, 'unclear'],
    ['>=', 6.1, 'missed'],
    ['>', 3.9, 'met'],
    ['>', 4, 'unclear'],
    ['>', 6, 'missed'],
  ] as const)('says of 4 to 6 %s %d: %s', (relation, limit, verdict) => {
    expect(verdictOf({ relation, limit }, INTERVAL)).toBe(verdict);
  });
});

const GPU_TIME: Threshold = { metric: 'gpuTime', relation: '<=', limit: 1e6, unit: 'ns' };
const judged = (result: CaseResult, ...thresholds: Threshold[]): CaseResult =>
  withVerdicts(result, thresholds);
const warningIds = ({ warnings }: CaseResult): string[] => warnings.map(({ id }) => id);

describe('withVerdicts()', () => {
  it('judges by the metric, and keeps what was judged', () => {
    // 10 iterations in 4 ms.
    const result = judged(caseResult(), GPU_TIME, { ...GPU_TIME, limit: 1e5 });
    expect(result.thresholds).toEqual([
      { ...GPU_TIME, verdict: 'met', reason: null },
      { ...GPU_TIME, limit: 1e5, verdict: 'missed', reason: null },
    ]);
    expect(warningIds(result)).toEqual([]);
    expect(withVerdicts(caseResult(), result.thresholds)).toEqual(result);
  });

  it('warns of what is unclear', () => {
    const { value, low, high } = caseResult().metrics.find(({ id }) => id === 'gpuTime') as {
      value: number;
    } & typeof INTERVAL;
    expect(low).toBeLessThan(high);
    const result = judged(caseResult(), { ...GPU_TIME, limit: value });
    expect(result.thresholds[0]?.verdict).toBe('unclear');
    expect(result.warnings.at(-1)).toMatchObject({
      id: 'threshold-unclear',
      message: expect.stringMatching(/^gpuTime ≤ \d+ µs unclear: \d+–\d+ µs$/),
      advice: expect.stringContaining('--runs'),
    });
  });

  it.each([
    ['the case failed', { ...failedCase(), metrics: [] }, []],
    ['the case was skipped', skippedCase(), []],
    ['the case was not run', { ...skippedCase(), status: 'pending' as const }, []],
    ['the benchmark does not say its flops', caseResult(), ['threshold-unmeasured']],
  ])('says without a metric that %s', (reason, result, ids) => {
    const after = judged(result, { metric: 'arithmetic', relation: '>', limit: 1, unit: 'FLOP/s' });
    expect(after.thresholds[0]).toMatchObject({ verdict: 'unmeasured', reason });
    expect(warningIds(after)).toEqual([...warningIds(result), ...ids]);
  });

  it('says that a metric could not be measured', () => {
    const samples = sampleColumns([1, 1, 1], { gpuNs: [null, null, null] });
    const after = judged(caseResult({ runs: [caseRun({ samples })] }), GPU_TIME);
    expect(after.thresholds[0]).toMatchObject({
      verdict: 'unmeasured',
      reason: 'no gpuTime could be measured',
    });
    expect(after.warnings.at(-1)?.message).toBe(
      'gpuTime ≤ 1.00 ms is not judged: no gpuTime could be measured',
    );
  });
});
