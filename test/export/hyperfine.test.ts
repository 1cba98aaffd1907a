import { describe, expect, it } from 'vitest';
import { hyperfine } from '../../src/export/hyperfine.ts';
import { median } from '../../src/stats/quantile.ts';
import { caseResult, caseRun, sampleReport, skippedCase } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';

const REPORT = sampleReport({ results: [caseResult(), skippedCase()] });

describe('hyperfine()', () => {
  it('has a time of every process, in seconds, and what hyperfine makes of times', async () => {
    const { results } = JSON.parse(await textOf(hyperfine(named(REPORT))));
    const times = (REPORT.results[0]?.runs ?? []).map(
      ({ samples }) => median(samples?.wallNs ?? []) / 10 / 1e9,
    );
    const mean = times.reduce((sum, time) => sum + time, 0) / 5;
    expect(results).toEqual([
      {
        command: 'copy[n=16Mi,WORKGROUP_SIZE=256] on Example GPU 9000',
        mean,
        stddev: expect.closeTo(Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / 4), 15),
        median: times[2],
        min: times[0],
        max: times[4],
        times,
        exit_codes: [0, 0, 0, 0, 0],
        parameters: { n: '16777216', WORKGROUP_SIZE: '256' },
      },
    ]);
  });

  it('has no deviation of a single run', async () => {
    const report = sampleReport({ results: [caseResult({ runs: [caseRun()] })] });
    expect(JSON.parse(await textOf(hyperfine(named(report)))).results[0].stddev).toBeNull();
  });

  it('names the file where several have the same command', async () => {
    const { results } = JSON.parse(await textOf(hyperfine(named(REPORT, REPORT))));
    expect(results.map(({ command }: { command: string }) => command.slice(-14))).toEqual([
      ' (runs/1.json)',
      ' (runs/2.json)',
    ]);
  });

  it('takes any name', async () => {
    const text = await textOf(hyperfine(named(hostileReport())));
    expect(JSON.parse(text).results.length).toBe(1);
    expect(JSON.parse(text).results[0].parameters).toEqual(JSON.parse('{"__proto__": "1", "a\\"b,c": "2"}'));
  });
});
