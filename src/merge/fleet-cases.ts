// The cases of a fleet: what every node measured of them, as columns to compute with and as they are told, with their distributions
// and with the nodes that have none.
import { median, quantileOfSorted, robustDeviation, type Sorted, sortedCopy } from '../stats/quantile.ts';
import { type CaseIdentity, type KeptReport, runsOfReport } from './collect-reports.ts';
import type { FleetCase, FleetDistribution, FleetMeasure, FleetMetricId } from './fleet-report.ts';
import type { FleetColumns } from './judge-fleet.ts';
import { emptyColumn, knownValues, type NodeColumn } from './node-columns.ts';
import type { PlacedNode } from './place-nodes.ts';
import { FLEET_METRICS } from './report-summary.ts';

/** Cases with their columns, in one order. */
export interface MeasuredCases {
  readonly identities: readonly CaseIdentity[];
  readonly columns: FleetColumns;
  /** Of every case why nodes failed at it, by node. */
  readonly failures: readonly ReadonlyMap<number, string>[];
}

/** Puts the reports together, in the order in which cases first appear in them. */
export function measuredCases(nodes: readonly PlacedNode[], known: readonly CaseIdentity[]): MeasuredCases {
  const order = caseOrder(nodes, known.length);
  const columns = known.map(() => FLEET_METRICS.map(() => emptyColumn(nodes.length)));
  const failures = known.map(() => new Map<number, string>());
  for (const [node, { reports }] of nodes.entries()) {
    for (const { place, metric, ns } of mediansOf(reports)) {
      if (isTime(ns)) ((columns[place] as NodeColumn[])[metric] as NodeColumn)[node] = ns;
    }
    for (const { failures: ofReport } of reports) {
      for (const [place, reason] of ofReport) failures[place]?.set(node, reason);
    }
  }
  return {
    identities: order.map((place) => known[place] as CaseIdentity),
    columns: order.map((place) => columns[place] as NodeColumn[]),
    failures: order.map((place) => failures[place] as Map<number, string>),
  };
}

/** A time of 0 compares with nothing, and reports are anybody's: from a femtosecond to thirty years. */
function isTime(ns: number): boolean {
  return ns > 1e-6 && ns < 1e18;
}

function caseOrder(nodes: readonly PlacedNode[], count: number): readonly number[] {
  const seen = new Set<number>();
  for (const { reports } of nodes) {
    for (const { cases } of reports) for (const place of cases) seen.add(place);
    if (seen.size === count) break;
  }
  return [...seen];
}

/** The median over the runs of all reports. */
function* mediansOf(
  reports: readonly KeptReport[],
): Generator<{ readonly place: number; readonly metric: number; readonly ns: number }> {
  const [first, ...others] = reports as [KeptReport, ...KeptReport[]];
  if (others.length === 0) {
    for (const { place, metric, medians } of runsOfReport(first)) {
      if (medians.length > 0) yield { place, metric, ns: median(medians) };
    }
    return;
  }
  const pooled = new Map<number, number[]>();
  for (const report of reports) {
    for (const { place, metric, medians } of runsOfReport(report)) {
      const key = place * FLEET_METRICS.length + metric;
      pooled.set(key, [...(pooled.get(key) ?? []), ...medians]);
    }
  }
  for (const [key, medians] of pooled) {
    const metric = key % FLEET_METRICS.length;
    if (medians.length > 0)
      yield { place: (key - metric) / FLEET_METRICS.length, metric, ns: median(medians) };
  }
}

/** The cases as they are told. */
export function fleetCases({ identities, columns, failures }: MeasuredCases): readonly FleetCase[] {
  return identities.map((identity, index) => {
    const ofCase = columns[index] as readonly NodeColumn[];
    const measures = ofCase.flatMap((column, metric) =>
      measureOf(FLEET_METRICS[metric] as FleetMetricId, column),
    );
    const hasDeviceTime = measures.some(({ metric }) => metric === 'gpuTime');
    const main = identity.kind === 'throughput' && hasDeviceTime ? 'gpuTime' : 'wallTime';
    return { ...identity, main, measures, missing: missingNodes(ofCase, failures[index] ?? new Map()) };
  });
}

function measureOf(metric: FleetMetricId, column: NodeColumn): readonly FleetMeasure[] {
  const { values } = knownValues(column, column.keys());
  if (values.length === 0) return [];
  const told = Array.from(column, (value) => (Number.isNaN(value) ? null : value));
  return [{ metric, distribution: distributionOf(values), values: told }];
}

function distributionOf(values: Float64Array): FleetDistribution {
  const sorted = sortedCopy(values);
  const at = (p: number, of: Sorted = sorted): number => quantileOfSorted(of, p);
  return {
    nodes: sorted.length,
    min: at(0),
    p01: at(0.01),
    p05: at(0.05),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    spread: sorted.length < 2 ? null : robustDeviation(sorted) / at(0.5),
  };
}

function missingNodes(
  columns: readonly NodeColumn[],
  failures: ReadonlyMap<number, string>,
): FleetCase['missing'] {
  const byReason = new Map<string, number[]>();
  const count = columns[0]?.length ?? 0;
  for (let node = 0; node < count; node++) {
    if (columns.some((column) => !Number.isNaN(column[node] as number))) continue;
    const reason = failures.get(node) ?? 'its reports do not have this case';
    const known = byReason.get(reason);
    if (known === undefined) byReason.set(reason, [node]);
    else known.push(node);
  }
  return [...byReason].map(([reason, nodes]) => ({ reason, nodes }));
}
