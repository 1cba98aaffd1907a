// How a case that lasts went on while it was sampled: its samples in short spans of equal length, so that a course of
// thousands can be looked at. Pure; the raw samples are the course in full.
import { median } from '../stats/quantile.ts';
import { type SampledRun, sampledRuns } from './case-samples.ts';
import type { SeriesId, SeriesPoint, TimeSeries } from './derived.ts';
import type { CaseResult } from './report.ts';

/** As many as fit beside each other on a terminal. */
const MOST_SPANS = 60;
/** So that a median of them leaves a single slow one out. */
const LEAST_SAMPLES = 3;

/** The series of all cases that were sampled for a given time; those of latencies have other figures. */
export function timeSeries(results: readonly CaseResult[]): readonly TimeSeries[] {
  return results.flatMap((result) => lastingRuns(result).flatMap((run) => seriesOf(result.id, run)));
}

/** The runs of a case that lasted as long as they were to. */
export function lastingRuns({ kind, runs }: Pick<CaseResult, 'kind' | 'runs'>): readonly SampledRun[] {
  return kind === 'throughput' ? sampledRuns(runs).filter(({ stopReason }) => stopReason === 'lasted') : [];
}

function seriesOf(caseId: string, run: SampledRun): readonly TimeSeries[] {
  const one = (id: SeriesId, label: string, unit: TimeSeries['unit'], points: readonly SeriesPoint[]) =>
    points.length === 0 ? [] : [{ id, caseId, run: run.run, label, unit, points }];
  return [
    ...one('deviceTime', 'device time of an iteration', 'ns', deviceTimes(run)),
    ...one('hostTime', 'wall time beyond it, of a submission', 'ns', hostTimes(run)),
    ...one('stolenShare', 'stolen for certain', 'ratio', stolenShares(run)),
  ];
}

/** Median device time of an iteration; wall time where the device tells none. */
export function deviceTimes(run: SampledRun): readonly SeriesPoint[] {
  const { gpuNs, wallNs } = run.samples;
  const timesNs = gpuNs.some((ns) => ns !== null) ? gpuNs : wallNs;
  return spansOf(run, (indexes) =>
    medianOf(
      indexes.map((index) => timesNs[index] ?? null).map((ns) => (ns === null ? null : ns / run.iterations)),
    ),
  );
}

function hostTimes(run: SampledRun): readonly SeriesPoint[] {
  return spansOf(run, (indexes) => medianOf(indexes.map((index) => beyondDeviceNs(run, index))));
}

/** Wall time of a sample beyond its device time. */
export function beyondDeviceNs({ samples }: SampledRun, index: number): number | null {
  const [wallNs, gpuNs] = [samples.wallNs[index] ?? null, samples.gpuNs[index] ?? null];
  return wallNs === null || gpuNs === null ? null : wallNs - gpuNs;
}

function stolenShares({ samples, ...run }: SampledRun): readonly SeriesPoint[] {
  return spansOf({ samples, ...run }, (indexes) => {
    let [stolenNs, wallNs] = [0, 0];
    for (const index of indexes) {
      const [low, wall] = [samples.stealLowNs[index] ?? null, samples.ledgerWallNs[index] ?? null];
      if (low === null || wall === null) continue;
      stolenNs += low;
      wallNs += wall;
    }
    return wallNs > 0 ? stolenNs / wallNs : null;
  });
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

/** The values of spans of equal length, by the samples that began in each. */
function spansOf(
  { samples }: SampledRun,
  summarize: (indexes: readonly number[]) => number | null,
): readonly SeriesPoint[] {
  const { startNs, wallNs } = samples;
  const [first, last] = [startNs[0] ?? 0, startNs.length - 1];
  const count = Math.max(1, Math.min(MOST_SPANS, Math.floor(startNs.length / LEAST_SAMPLES)));
  const spanNs = ((startNs[last] ?? 0) + (wallNs[last] ?? 0) - first) / count;
  const indexes: number[][] = Array.from({ length: count }, () => []);
  startNs.forEach((ns, index) => {
    indexes[Math.min(count - 1, Math.floor((ns - first) / spanNs))]?.push(index);
  });
  return indexes.flatMap((those, span) => {
    const value = summarize(those);
    return value === null ? [] : [{ atNs: (span + 0.5) * spanNs, value }];
  });
}
