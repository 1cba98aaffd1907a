import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { buildReport, type ReportBuilder } from '../../src/run/report-builder.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { caseRun, sampleReport } from '../report/sample-report.ts';
import { benchmark } from '../suite/benchmarks.ts';

const sample = sampleReport();
const ID = 'count[n=4]';

function builder(): ReportBuilder {
  const cases = [makeCase(benchmark(), { n: 4 }), makeCase(benchmark({ name: 'other', axes: {} }), {})];
  const { tool, command, system } = sample;
  return buildReport({ tool, command, system, cases, definitions: [] });
}

describe('buildReport()', () => {
  it('is a valid report before anything was measured', () => {
    const report = builder().report('running');
    expect(parseReport(JSON.stringify(report), 'report')).toEqual(report);
    expect(report.results.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(report.device).toMatchObject({ available: false });
  });

  it('adds runs to their case and computes its metrics', () => {
    const built = builder();
    built.addCaseRun(ID, caseRun({ run: 1 }));
    const [result, other] = built.report('running').results;
    expect(result).toMatchObject({ id: ID, status: 'ok' });
    expect(result?.metrics.map(({ id }) => id)).toContain('wallTime');
    expect(other?.status).toBe('pending');
  });

  it.each([
    ['failed', ['ok', 'failed', 'ok']],
    ['failed', ['skipped', 'failed']],
    ['skipped', ['ok', 'skipped']],
    ['ok', ['ok', 'ok']],
  ] as const)('calls a case %s whose runs were %j', (expected, statuses) => {
    const built = builder();
    statuses.forEach((status, index) => {
      const failure =
        status === 'failed' ? ({ kind: 'error', message: 'Cannot', hint: null } as const) : null;
      built.addCaseRun(ID, { ...caseRun({ run: index + 1 }), status, failure });
    });
    expect(built.report('running').results[0]?.status).toBe(expected);
  });

  it('judges the thresholds of a benchmark at every run, once each', () => {
    const threshold = { metric: 'gpuTime', relation: '<=', limit: 1, unit: 'ns' } as const;
    const cases = [makeCase(benchmark(), { n: 4 }), makeCase(benchmark({ name: 'constructor' }), { n: 4 })];
    const { tool, command, system } = sample;
    const built = buildReport({
      tool,
      command,
      system,
      cases,
      definitions: [],
      thresholds: { count: [threshold] },
    });
    expect(built.report('running').results.map(({ thresholds }) => thresholds)).toEqual([
      [{ ...threshold, verdict: 'unmeasured', reason: 'the case was not run' }],
      [],
    ]);
    for (const run of [1, 2]) built.addCaseRun(ID, caseRun({ run }));
    const report = built.report('complete');
    expect(report.results[0]?.thresholds).toEqual([{ ...threshold, verdict: 'missed', reason: null }]);
    expect(parseReport(JSON.stringify(report), 'report')).toEqual(report);
  });

  it('says when and why it ended', () => {
    const report = builder().report('partial', 'interrupted (by SIGINT)');
    expect(report).toMatchObject({ status: 'partial', statusReason: 'interrupted (by SIGINT)' });
    expect(Date.parse(report.finishedAt as string)).toBeGreaterThanOrEqual(Date.parse(report.startedAt));
    expect(builder().report('running').finishedAt).toBe(null);
  });
});
