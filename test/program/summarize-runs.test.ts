import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { summarizeRuns } from '../../src/program/summarize-runs.ts';
import { sampleRun } from './sample-run.ts';

const WALLS = [10, 12, 11, 13, 10, 11, 90].map((ms) => ms * 1e6);

function runOf(wallNs: number) {
  return sampleRun({
    wallNs,
    correctedWallNs: available({ lowNs: wallNs / 2, highNs: wallNs, reason: 'r' }),
  });
}

describe('summarizeRuns()', () => {
  test('describes the wall time and both ends of the corrected one', () => {
    const summary = summarizeRuns(WALLS.map(runOf));
    expect(summary).toMatchObject({ runs: 7, failed: 0 });
    expect(summary?.wallNs).toMatchObject({ median: 11e6, min: 10e6, max: 90e6 });
    expect(summary?.wallNs.medianInterval).toEqual({ low: 10e6, high: 90e6 });
    expect(summary?.wallNs.outliers).toEqual({ mild: 0, severe: 1 });
    expect(summary?.correctedWallNs).toMatchObject({
      value: { low: { median: 5.5e6 }, high: { median: 11e6 } },
    });
  });

  test('has no spread and no interval for a single run, and nothing for none', () => {
    const summary = summarizeRuns([sampleRun()]);
    expect(summary?.wallNs).toMatchObject({ standardDeviation: null, medianInterval: null, mean: 4.018e9 });
    expect(summarizeRuns([])).toBeNull();
  });

  test('counts failures, by exit code or signal', () => {
    const runs = [sampleRun(), sampleRun({ exitCode: 2 }), sampleRun({ exitCode: null, signal: 'SIGKILL' })];
    expect(summarizeRuns(runs)?.failed).toBe(2);
  });

  test('knows no corrected time where one run has none', () => {
    const runs = [sampleRun(), sampleRun({ correctedWallNs: unavailable('no steal clock') })];
    expect(summarizeRuns(runs)?.correctedWallNs).toEqual(unavailable('no steal clock'));
  });
});
