import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/report/paint.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { caseColumns, caseRow } from '../../src/report/table-cases.ts';
import { withVerdicts } from '../../src/report/threshold-verdict.ts';
import { caseResult, caseRun, failedCase, fiveRuns, skippedCase } from './sample-report.ts';

const OPTIONS = { software: false, shared: new Set<string>() };
const cells = (result: CaseResult): string[] => caseRow(result, OPTIONS).cells.map(textOf);
const below = (result: CaseResult): string[] => (caseRow(result, OPTIONS).below ?? []).map(textOf);

describe('caseRow()', () => {
  it('shows bandwidth and arithmetic one under the other', () => {
    expect(cells(caseResult({ flops: 1e9 }))[3]).toMatch(/^335 GB\/s\n2\.49 TFLOP\/s$/);
  });

  it('shows a rate of items only where there is no other', () => {
    expect(cells(caseResult({ bytes: null, flops: null, items: 100 }))[3]).toBe('249 k/s');
    expect(cells(caseResult({ bytes: null, flops: null, items: null }))[3]).toBe('–');
  });

  it('shows the unit of the field first where the items have a name', () => {
    expect(cells(caseResult({ items: 1e6, itemName: 'keys' }))[3]).toBe('2.49 Gkeys/s\n335 GB/s');
  });

  it('shows the time of an item where that is the point, and no rate', () => {
    expect(cells(caseResult({ items: 1e6, itemName: 'hops', showsItemTime: true }))[3]).toBe('0.40 ns/hop');
  });

  it('shows no rate of operations for a case that has none', () => {
    expect(cells(caseResult({ flops: 0 }))[3]).toBe('335 GB/s');
  });

  it('says how many runs failed, with the message and what would help', () => {
    expect(cells(failedCase())).toEqual(['sgemm-tiled[n=1Ki]', 'FAILED']);
    expect(below(failedCase())[0]).toMatch(
      /^in 1 of 2 runs: Cannot trust this case: .*; the kernel, its reference/,
    );
  });

  it('tells the same failure of several runs once', () => {
    const failure = {
      kind: 'timeout' as const,
      message: 'Cannot finish the submission: no fence after 10 s',
      hint: null,
    };
    const runs = fiveRuns({ status: 'failed', failure });
    expect(below(caseResult({ status: 'failed', runs }))).toEqual([`in 5 of 5 runs: ${failure.message}`]);
    expect(below(caseResult({ status: 'failed', runs: runs.slice(0, 1) }))).toEqual([failure.message]);
  });

  it('tells why a case was skipped', () => {
    expect(below(skippedCase())[0]).toContain('maxStorageBufferRange');
  });

  it('tells what a threshold missed, or may have missed, and not what was met', () => {
    const result = caseResult();
    const value = result.metrics.find(({ id }) => id === 'gpuTime')?.value ?? 0;
    const thresholds = [1e6, 1e5, value].map(
      (limit) => ({ metric: 'gpuTime', relation: '<=', limit, unit: 'ns' }) as const,
    );
    const row = caseRow(withVerdicts(result, thresholds), OPTIONS);
    expect(row.below).toMatchObject([
      { text: expect.stringMatching(/^gpuTime ≤ 100 µs missed: \d+–\d+ µs$/), style: 'bad' },
      { text: expect.stringMatching(/^gpuTime ≤ \d+ µs unclear: /), style: 'caution' },
      { text: 'see below: threshold-unclear', style: 'caution' },
    ]);
  });

  it('names the warnings that the other cases do not have', () => {
    const result = caseResult({ runs: [caseRun({ stopReason: 'max-time' })] });
    const row = caseRow(result, { software: false, shared: new Set(['one-run']) });
    expect(row.below?.map(textOf)).toEqual(['see below: not-converged']);
  });
});

describe('caseColumns()', () => {
  it('calls the time of a software device by its name', () => {
    const headings = (software: boolean): string[] =>
      caseColumns(software).map(({ heading }) => textOf(heading ?? ''));
    expect(headings(false)).toContain('GPU time');
    expect(headings(true)).toContain('SOFTWARE time');
    expect(headings(true)).not.toContain('GPU time');
  });
});
