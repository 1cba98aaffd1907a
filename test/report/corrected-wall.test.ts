import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import { correctedWallMetrics } from '../../src/report/corrected-wall.ts';
import type { Metric } from '../../src/report/report.ts';
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

const SAMPLES = 20;
const each = (value: number | null): (number | null)[] => Array<number | null>(SAMPLES).fill(value);

/** Runs of equal samples of 1 ms on the wall, in submissions of 10 iterations. */
function metrics(columns: Partial<SampleColumns>, ceilingNs: number | null): readonly Metric[] {
  const samples = sampleColumns(Array<number>(SAMPLES).fill(0.8e6), {
    wallNs: Array<number>(SAMPLES).fill(1e6),
    ...columns,
  });
  const steal = { totalNs: 0, perCpuNs: { cpu0: 0 }, tickNs: 1e7, note: null };
  const samplingSteal = available({ ...steal, cpus: [0], cpusReason: 'seen', ceilingNs });
  const runs: CaseRun[] = [1, 2, 3, 4, 5].map((run) => caseRun({ run, samples, samplingSteal }));
  return correctedWallMetrics(sampledRuns(runs), { seed: 1 });
}

const metric = (columns: Partial<SampleColumns>, ceilingNs: number | null): Metric | undefined =>
  metrics(columns, ceilingNs)[0];

describe('correctedWallMetrics()', () => {
  it('takes off what is certain, per iteration', () => {
    const corrected = metric({ correctedHighNs: each(0.9e6), correctedFloorNs: each(0.9e6) }, 0);
    expect(corrected).toMatchObject({ id: 'correctedWallTime', value: 0.9e5, low: 0.9e5, high: 0.9e5 });
  });

  it('lowers the low end as far as the counters allow', () => {
    // Nothing is certain, and 1 ms in all may have been stolen: the lower half of 20 samples can have had 0.1 ms each.
    const corrected = metric({ correctedHighNs: each(1e6), correctedFloorNs: each(0) }, 1e6);
    expect(corrected?.high).toBeCloseTo(1e5, 3);
    expect(corrected?.low).toBeCloseTo(0.9e5, 3);
  });

  it('spends on the rest only what was not taken off already', () => {
    const corrected = metric({ correctedHighNs: each(0.95e6), correctedFloorNs: each(0) }, 1e6);
    expect(corrected?.low).toBeCloseTo(0.95e5, 3);
  });

  it('never goes below the floors, and says so where no counter helps', () => {
    const corrected = metric({ correctedHighNs: each(1e6), correctedFloorNs: each(0.8e6) }, null);
    expect(corrected?.low).toBeCloseTo(0.8e5, 3);
    expect(corrected?.method).toMatch(/of no use/);
  });

  it('is missing where steal is unknown: unknown is no number', () => {
    expect(metric({ correctedHighNs: each(null), correctedFloorNs: each(null) }, 0)).toBeUndefined();
  });

  it('bounds the mean by what the counters allow, however it was spread over the samples', () => {
    // 20 samples of 1 ms, of which 10 ms in all may have been stolen: the median says nothing, the mean says half.
    const [median, mean] = metrics({ correctedHighNs: each(1e6), correctedFloorNs: each(0) }, 10e6);
    expect(median?.low).toBeCloseTo(0, -1);
    expect(mean).toMatchObject({ id: 'correctedWallMean', value: 1e5, high: 1e5 });
    expect(mean?.low).toBeCloseTo(0.5e5, 3);
  });

  it('keeps the mean above the floors, also without counters', () => {
    const [, mean] = metrics({ correctedHighNs: each(1e6), correctedFloorNs: each(0.8e6) }, null);
    expect(mean?.low).toBeCloseTo(0.8e5, 3);
  });
});
