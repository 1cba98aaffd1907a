import { describe, expect, it } from 'vitest';
import type { ShaderDefinition } from '../../src/definition/definition.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import { buildReport, type ReportBuilder } from '../../src/run/report-builder.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { caseRun, sampleReport } from '../report/sample-report.ts';
import { benchmark } from '../suite/benchmarks.ts';

const sample = sampleReport();
const ID = 'count[n=4]';

function builder(): ReportBuilder {
  const cases = [makeCase(benchmark(), { n: 4 }), makeCase(benchmark({ name: 'other', axes: {} }), {})];
  const { tool, command, system, machine } = sample;
  return buildReport({ tool, command, system, machine, cases, definitions: [] });
}

describe('buildReport()', () => {
  it('is a valid report before anything was measured', () => {
    const report = builder().report('running');
    expect(parseReport(JSON.stringify(report), 'report')).toEqual(report);
    expect(report.results.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(report.device).toMatchObject({ available: false });
  });

  it('says which shaders ran', () => {
    const from = { kind: 'shader', place: null } as const;
    const sourced = (value: string): { value: string; from: typeof from } => ({ value, from });
    const shader = {
      path: 'kernels/my.comp',
      language: 'glsl',
      sourceSha256: 'a1'.repeat(32),
      spirvSha256: 'b2'.repeat(32),
      targetEnvironment: 'vulkan1.1',
      compiler: 'glslangValidator 11:12.0.0',
    } as const;
    const definition = { ...shader, name: sourced('my'), entryPoint: sourced('main') } as ShaderDefinition;
    const { tool, command, system, machine } = sample;
    const built = buildReport({ tool, command, system, machine, cases: [], definitions: [definition] });
    const report = built.report('complete');
    const definitionSha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(report.shaders).toEqual([{ ...shader, benchmark: 'my', entryPoint: 'main', definitionSha256 }]);
    expect(parseReport(JSON.stringify(report), 'report')).toEqual(report);
  });

  it('adds runs to their case and computes its metrics', () => {
    const built = builder();
    built.addCaseRun(ID, caseRun({ run: 1 }));
    const [result, other] = built.report('running').results;
    expect(result).toMatchObject({ id: ID, status: 'ok' });
    expect(result?.metrics.map(({ id }) => id)).toContain('wallTime');
    expect(other?.status).toBe('pending');
  });

  it('draws little for a running report, and all for the last one', async () => {
    const built = builder();
    built.addCaseRun(ID, caseRun({ run: 1 }));
    const method = (report: Report): string | undefined =>
      report.results[0]?.metrics.find(({ id }) => id === 'gpuTime')?.method;
    expect(method(built.report('running'))).toContain('(500 resamples)');
    expect(method(built.report('partial', 'interrupted', 'brief'))).toContain('(500 resamples)');
    await built.settle();
    expect(method(built.report('complete'))).toContain('(10000 resamples)');
    expect(method(built.report('running'))).toContain('(500 resamples)');
  });

  it('summarizes again only what changed', () => {
    const built = builder();
    built.addCaseRun(ID, caseRun({ run: 1 }));
    const [first, second] = [built.report('running').results[0], built.report('running').results[0]];
    expect(second?.metrics[0]).toBe(first?.metrics[0]);
    built.addCaseRun(ID, caseRun({ run: 2 }));
    const third = built.report('running').results[0];
    expect(third?.metrics[0]?.method).toContain('2 run medians');
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
    const { tool, command, system, machine } = sample;
    const built = buildReport({
      tool,
      command,
      system,
      machine,
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

  it('keeps what an earlier part of it said of processes and of the date', () => {
    const warning = (id: 'process' | 'date-set' | 'suspended' | 'one-run') => ({
      id,
      message: id,
      advice: null,
    });
    const kept = [warning('process'), warning('date-set'), warning('suspended')];
    const earlier: Report = { ...sample, status: 'partial', warnings: [...kept, warning('one-run')] };
    const { tool, command, system, machine } = sample;
    const built = buildReport({ tool, command, system, machine, cases: [], definitions: [], earlier });
    const { warnings } = built.report('running');
    for (const one of kept) expect(warnings.filter(({ id }) => id === one.id)).toEqual([one]);
    expect(warnings.map(({ message }) => message)).not.toContain('one-run');
  });
});
