// One case of a side as series: its points by device and machine, with what else changed between them. Judges nothing.
import { derivedSeed } from '../base/random.ts';
import type { ComparedValue } from '../compare/comparison.ts';
import type { CaseEvidence, ReportFacts } from '../evidence/evidence.ts';
import { findEvents } from './find-events.ts';
import type { HistoryEvent, HistoryOptions } from './history.ts';
import { runsOfPoint, type SeriesMetric, valueOfPoint } from './history-metric.ts';
import type { TimedReport } from './report-order.ts';

/** A point with the samples behind it. */
interface SampledPoint {
  /** Index into the reports in the order of time. */
  readonly report: number;
  readonly timed: TimedReport;
  readonly value: ComparedValue;
  /** Samples of every run, in ns per iteration; of a corrected wall time the upper ends. */
  readonly samples: readonly Float64Array[];
}

/** A series before anything was found in it. */
export interface SampledSeries {
  readonly case: CaseEvidence;
  readonly metric: SeriesMetric;
  /** The first report's: device, machine and producer are those of all. */
  readonly place: Pick<ReportFacts, 'producer' | 'hostname' | 'device'>;
  readonly points: readonly SampledPoint[];
  readonly events: readonly HistoryEvent[];
}

/**
 * The series of a case: one for each device of each machine, because between those no change means anything; and one for each
 * producer, because they time differently. What else differs from one report to the next is an event.
 */
export function seriesOf(
  one: CaseEvidence,
  metric: SeriesMetric,
  reports: readonly TimedReport[],
  options: HistoryOptions,
): readonly SampledSeries[] {
  const groups = grouped(pointsOf(one, metric, reports, options), ({ timed }) => placeOf(timed.facts));
  return [...groups.values()].map((all) => {
    const points = options.last === null ? all : all.slice(-options.last);
    const { producer, hostname, device } = (points[0] as SampledPoint).timed.facts;
    return { case: one, metric, place: { producer, hostname, device }, points, events: eventsOf(points) };
  });
}

function pointsOf(
  one: CaseEvidence,
  metric: SeriesMetric,
  reports: readonly TimedReport[],
  { seed, resamples }: HistoryOptions,
): readonly SampledPoint[] {
  const byReport = grouped(one.runs, ({ report }) => report);
  return reports.flatMap((timed, report) => {
    const runs = runsOfPoint({ runs: byReport.get(timed.index) ?? [] }, metric);
    if (runs === null) return [];
    // A point has the same interval whatever other reports there are.
    const options = { seed: derivedSeed(seed, `${one.id}/${timed.startMs}`), resamples };
    const value = valueOfPoint(runs, metric, options);
    return value === null ? [] : [{ report, timed, value, samples: runs.high }];
  });
}

/** In the order in which the keys first appear. */
function grouped<T, Key>(values: readonly T[], keyOf: (value: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [value]);
    else known.push(value);
  }
  return groups;
}

function placeOf({ producer, hostname, device }: ReportFacts): string {
  const text = (fact: ReportFacts['device']): string | null => (fact.available ? fact.value : null);
  return JSON.stringify([producer, text(hostname), text(device)]);
}

function eventsOf(points: readonly SampledPoint[]): readonly HistoryEvent[] {
  return points.flatMap(({ timed }, point) => {
    const before = points[point - 1];
    return before === undefined
      ? []
      : findEvents(before.timed.facts, timed.facts).map((difference) => ({ point, ...difference }));
  });
}
