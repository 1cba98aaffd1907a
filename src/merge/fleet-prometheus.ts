// A fleet as a file for the textfile collector of Prometheus' node exporter, or for a push gateway. Of a node one figure over all of
// its cases and the findings that make it an outlier: a series for every node and case would be hundreds of thousands.
import { valueOrUndefined } from '../base/availability.ts';
import { type Family, familyText, type Labels, type Series } from '../export/prometheus-text.ts';
import type { FleetCause, FleetMeasure, FleetNode, FleetOutlier, FleetReport } from './fleet-report.ts';
import { nodeRatios } from './node-ratios.ts';

const CAUSES: readonly FleetCause[] = ['gpu', 'guest', 'unexplained'];
const VERDICTS: readonly FleetOutlier['verdict'][] = ['slower', 'faster'];

/** The whole file, a family a piece. */
export function* fleetPrometheus(report: FleetReport): Generator<string> {
  for (const family of [...fleetFamilies(report), ...caseFamilies(report), ...nodeFamilies(report)]) {
    const text = familyText(family);
    if (text !== '') yield text;
  }
}

function gauge(name: string, help: string, series: readonly Series[]): Family {
  return { name: `guestmark_fleet_${name}`, type: 'gauge', help, series };
}

function single(name: string, help: string, value: number): Family {
  return gauge(name, help, [{ labels: {}, value }]);
}

function fleetFamilies({ nodes, cases, gaps, refused, outliers }: FleetReport): readonly Family[] {
  // Those that are none are told too: an alarm cannot be set on what comes and goes.
  const counts = VERDICTS.flatMap((verdict) =>
    CAUSES.map((cause) => ({
      labels: { verdict, cause },
      value: outliers.filter((one) => one.verdict === verdict && one.cause === cause).length,
    })),
  );
  return [
    single('nodes', 'Nodes with a usable report.', nodes.length),
    single('cases', 'Cases that any node measured.', cases.length),
    single('missing', 'Tasks and nodes without a usable report.', gaps.length),
    single('refused_files', 'Files that could not be read.', refused.length),
    gauge('outliers', 'Nodes that are not like the others, by what explains them.', counts),
  ];
}

function caseFamilies({ cases }: FleetReport): readonly Family[] {
  const all = cases.flatMap((one) =>
    one.measures.map((measure) => ({ measure, labels: { case: one.id, metric: measure.metric } })),
  );
  return [
    {
      name: 'guestmark_fleet_time_seconds',
      type: 'summary',
      help: 'Time of one iteration of a case, over the nodes.',
      series: all.flatMap(({ measure, labels }) => quantileSeries(measure, labels)),
    },
    gauge(
      'spread_ratio',
      'Robust standard deviation of a case over the nodes, divided by their median.',
      all.flatMap(({ measure, labels }) => {
        const { spread } = measure.distribution;
        return spread === null ? [] : [{ labels, value: spread }];
      }),
    ),
  ];
}

function quantileSeries({ distribution, values }: FleetMeasure, labels: Labels): readonly Series[] {
  const { min, p01, p05, p25, median, p75, p95, p99, max, nodes } = distribution;
  const quantiles = Object.entries({
    '0': min,
    '0.01': p01,
    '0.05': p05,
    '0.25': p25,
    '0.5': median,
    '0.75': p75,
    '0.95': p95,
    '0.99': p99,
    '1': max,
  }).sort(([one], [other]) => Number(one) - Number(other));
  const sumNs = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return [
    ...quantiles.map(([quantile, ns]) => ({ labels: { ...labels, quantile }, value: ns / 1e9 })),
    { suffix: '_sum', labels, value: sumNs / 1e9 },
    { suffix: '_count', labels, value: nodes },
  ];
}

function nodeFamilies(report: FleetReport): readonly Family[] {
  const { nodes, outliers, cases } = report;
  const ratios = nodeRatios(report);
  const ofNodes = (
    name: string,
    help: string,
    value: (node: FleetNode, index: number) => number | null,
  ): Family =>
    gauge(
      name,
      help,
      nodes.flatMap((node, index) => {
        const known = value(node, index);
        return known === null ? [] : [{ labels: { node: node.name }, value: known }];
      }),
    );
  const nameOf = ({ node }: FleetOutlier): string => nodes[node]?.name ?? '';
  return [
    ofNodes(
      'node_ratio',
      'Main time of a node over the median of the nodes with its device, the geometric mean over its cases.',
      (_, index) => ratios[index] ?? null,
    ),
    ofNodes('node_failed_cases', 'Cases that failed on a node.', ({ failed }) => failed),
    ofNodes(
      'node_steal_ratio',
      'Share of the time of its samples that was stolen from a node, at most.',
      ({ state }) => valueOrUndefined(state.stealShare)?.high ?? null,
    ),
    ofNodes(
      'node_compute_clock_hertz',
      'Compute clock of the GPU of a node.',
      ({ state }) => valueOrUndefined(state.computeClockHz) ?? null,
    ),
    gauge(
      'outlier',
      'Always 1: a node that is not like the others, with what explains it.',
      outliers.map((one) => ({
        labels: { node: nameOf(one), verdict: one.verdict, cause: one.cause },
        value: 1,
      })),
    ),
    gauge(
      'finding_ratio',
      'Time of an outlier over the median of the nodes of its kind, where the two differ; without a case over all of them.',
      outliers.flatMap((one) =>
        one.findings.map(({ case: index, metric, ratio }) => ({
          labels: {
            node: nameOf(one),
            case: index === null ? null : (cases[index]?.id ?? null),
            metric,
          },
          value: ratio,
        })),
      ),
    ),
  ];
}
