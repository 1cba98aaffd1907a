// Takes the summaries of reports in as they come and keeps of each what a fleet report needs, in arrays of numbers: thousands of
// reports of many cases in some tens of MiB. Knows neither files nor threads.
import type { FleetCase, FleetNodeState } from './fleet-report.ts';
import type { CaseSummary, ReportSummary } from './report-summary.ts';
import { FLEET_METRICS } from './report-summary.ts';
import { type NodeFacts, sharedFacts } from './shared-facts.ts';

/** What stands for a case in all reports that have it. */
export type CaseIdentity = Pick<FleetCase, 'id' | 'benchmark' | 'axes' | 'kind' | 'category' | 'rate'>;

/** One report, kept. */
export interface KeptReport {
  readonly path: string;
  readonly hostname: string | null;
  readonly deviceKey: string;
  readonly facts: NodeFacts;
  readonly state: FleetNodeState;
  readonly status: ReportSummary['status'];
  readonly statusReason: string | null;
  /** Its cases, by their place among all cases. */
  readonly cases: Uint32Array;
  /** How many runs each of them has of each metric. */
  readonly counts: Uint16Array;
  /** The medians of the runs, one behind the other: by case, metric and run. */
  readonly medians: Float64Array;
  /** Why cases failed, by their place among all cases. */
  readonly failures: ReadonlyMap<number, string>;
}

/** Takes summaries. */
export interface ReportCollection {
  /** The summary, kept. */
  keep(summary: ReportSummary): KeptReport;
  /** Every case that any report has, by its place. */
  cases(): readonly CaseIdentity[];
}

/**
 * Begins with nothing.
 *
 * @param isWanted Which cases are kept.
 */
export function collectReports(isWanted: (one: CaseIdentity) => boolean): ReportCollection {
  const shared = sharedFacts();
  const places = new Map<string, number>();
  const known: CaseIdentity[] = [];
  const placeOf = (one: CaseSummary): number => {
    const place = places.get(one.id) ?? known.length;
    if (place === known.length) {
      places.set(one.id, place);
      const { id, benchmark, axes, kind, category, rate } = one;
      known.push({ id, benchmark, axes, kind, category, rate });
    } else if (known[place]?.rate === null && one.rate !== null) {
      // A report whose clocks were wrong tells no rate; the next one may.
      known[place] = { ...(known[place] as CaseIdentity), rate: one.rate };
    }
    return place;
  };
  return {
    keep: (summary) => keptReport({ ...summary, cases: summary.cases.filter(isWanted) }, placeOf, shared),
    cases: () => known,
  };
}

function keptReport(
  { facts, deviceKey, status, statusReason, cases, state }: ReportSummary,
  placeOf: (one: CaseSummary) => number,
  shared: ReturnType<typeof sharedFacts>,
): KeptReport {
  const places = Uint32Array.from(cases, placeOf);
  const runs = cases.flatMap(({ runMedians }) => runMedians);
  const failures = cases.flatMap(({ failure }, i): readonly (readonly [number, string])[] =>
    failure === null ? [] : [[places[i] as number, shared.text(failure)]],
  );
  return {
    path: facts.path,
    hostname: facts.hostname.available ? shared.text(facts.hostname.value) : null,
    deviceKey: shared.text(deviceKey),
    facts: shared.facts(facts),
    state: shared.state(state),
    status,
    statusReason,
    cases: places,
    counts: Uint16Array.from(runs, ({ length }) => length),
    medians: Float64Array.from(runs.flat()),
    failures: new Map(failures),
  };
}

/** The medians of a report's runs, by case and metric. */
export function* runsOfReport({ cases, counts, medians }: KeptReport): Generator<{
  readonly place: number;
  readonly metric: number;
  readonly medians: Float64Array;
}> {
  let start = 0;
  for (const [i, count] of counts.entries()) {
    const metric = i % FLEET_METRICS.length;
    const place = cases[(i - metric) / FLEET_METRICS.length] as number;
    yield { place, metric, medians: medians.subarray(start, start + count) };
    start += count;
  }
}
