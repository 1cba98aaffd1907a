// Makes the history of a folder of reports: series, the places where their level changes, and what else changed there. A pure
// function of the evidence and the options.
import type { ComparedValue } from '../compare/comparison.ts';
import type { RefusedFile, Side } from '../evidence/evidence.ts';
import { changePoints } from '../stats/change-points.ts';
import {
  HISTORY_SCHEMA_VERSION,
  type History,
  type HistoryChange,
  type HistoryOptions,
  type HistoryReport,
  type HistorySeries,
} from './history.ts';
import { chooseMetric } from './history-metric.ts';
import { type SampledSeries, seriesOf } from './history-series.ts';
import { changeStatement } from './history-words.ts';
import { judgeLatest, type LatestStretch } from './judge-latest.ts';
import { orderReports, type TimedReport } from './report-order.ts';

/** A change has an interval of more resamples than a point: there are few of them, and it is read as a result. */
const RESAMPLES_OF_A_CHANGE = 10;

/** The history of reports. */
export function historyOf(side: Side, options: HistoryOptions, tool: History['tool']): History {
  const { reports, refused } = orderReports(side.reports, options.sinceMs);
  const described = reports.map(describe);
  const chosen = side.cases.map((one) => ({ one, metric: chooseMetric(one, options.metric) }));
  const sampled = chosen.flatMap(({ one, metric }) =>
    metric.available ? seriesOf(one, metric.value, reports, options) : [],
  );
  const changes = sampled.map((one) => changesOf(one, sampled.length, described, options));
  const latest = judgeLatest(
    sampled.map((one, i) => stretchOf(one, changes[i] ?? [])),
    options,
  );
  return {
    schema: 'guestmark-history',
    schemaVersion: HISTORY_SCHEMA_VERSION,
    tool,
    options,
    reports: described,
    series: sampled.map((one, i) => ({
      ...recordOf(one),
      changes: changes[i] ?? [],
      latest: latest[i] as HistorySeries['latest'],
    })),
    unmeasured: chosen.flatMap(({ one, metric }) =>
      metric.available ? [] : [{ caseId: one.id, reason: metric.reason }],
    ),
    refused: [...side.refused, ...refused] satisfies RefusedFile[],
  };
}

function describe({ startMs, facts }: TimedReport): HistoryReport {
  const { path, producer, toolVersion, status, hostname, device } = facts;
  const startedAt = new Date(startMs).toISOString();
  return { path, startedAt, producer, toolVersion, status, hostname, device };
}

/** Each series gets its share of the probability of a false change. */
function changesOf(
  { points, metric, events }: SampledSeries,
  seriesCount: number,
  reports: readonly HistoryReport[],
  { noiseFloor, alpha, seed, resamples }: HistoryOptions,
): readonly HistoryChange[] {
  const found = changePoints(
    points.map(({ samples }) => samples),
    { seed, noiseFloor, alpha: alpha / seriesCount, resamples: resamples * RESAMPLES_OF_A_CHANGE },
  );
  const report = (point: number): HistoryReport => reports[points[point]?.report ?? 0] as HistoryReport;
  return found.map(({ index, ratio, p }) => {
    const change = {
      point: index,
      verdict: ratio.value > 1 ? ('slower' as const) : ('faster' as const),
      ratio: metric.amount === null ? ratio : inverse(ratio),
      p,
    };
    const here = events.filter(({ point }) => point === index);
    const place = { before: report(index - 1), after: report(index), events: here };
    return { ...change, statement: changeStatement(change, place) };
  });
}

/** Changes are found in times. */
function inverse({ value, low, high }: ComparedValue): ComparedValue {
  return { value: 1 / value, low: 1 / high, high: 1 / low };
}

function stretchOf({ points, metric }: SampledSeries, changes: readonly HistoryChange[]): LatestStretch {
  const from = changes.at(-1)?.point ?? 0;
  return { values: points.slice(from).map(({ value }) => value.value), better: metric.better };
}

function recordOf({
  case: { id, benchmark, axes, kind, category, itemName },
  metric: { id: metric, unit, better },
  place,
  points,
  events,
}: SampledSeries): Omit<HistorySeries, 'changes' | 'latest'> {
  return {
    ...{ caseId: id, benchmark, axes, kind, category, itemName },
    ...place,
    ...{ metric, unit, better, events },
    points: points.map(({ report, value, samples }) => ({ report, ...value, runs: samples.length })),
  };
}
