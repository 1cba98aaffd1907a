// A fleet as rows of a table: one a node, case and metric, and one that says why for a node without a value. CSV and Parquet write
// the same rows; made one after the other, because a large fleet has millions.
import { type Available, valueOrUndefined } from '../base/availability.ts';
import type {
  FleetCase,
  FleetFinding,
  FleetMeasure,
  FleetNode,
  FleetOutlier,
  FleetReport,
} from './fleet-report.ts';

/** What a cell holds; null is unknown. */
type FleetCell = string | number | null;

/** A node in a case. */
export interface FleetRow {
  readonly node: FleetNode;
  readonly outlier: FleetOutlier | undefined;
  readonly one: FleetCase;
  /** Null where the node has no value, and `problem` says why. */
  readonly measure: FleetMeasure | null;
  readonly valueNs: number | null;
  readonly finding: FleetFinding | undefined;
  readonly problem: string | null;
}

/** A column with what it takes of a row. */
export interface FleetColumn {
  readonly name: string;
  readonly type: 'text' | 'number';
  readonly cell: (row: FleetRow) => FleetCell;
}

const text = (name: string, cell: (row: FleetRow) => string | null): FleetColumn => ({
  name,
  type: 'text',
  cell,
});
const number = (name: string, cell: (row: FleetRow) => number | null): FleetColumn => ({
  name,
  type: 'number',
  cell,
});
const fact = (name: string, pick: (node: FleetNode) => Available<string>): FleetColumn =>
  text(name, ({ node }) => valueOrUndefined(pick(node)) ?? null);
const state = (name: string, pick: (of: FleetNode['state']) => Available<number>): FleetColumn =>
  number(name, ({ node }) => valueOrUndefined(pick(node.state)) ?? null);

/** What was measured, and whether it stands out; times in ns of one iteration. */
export const MEASURE_COLUMNS: readonly FleetColumn[] = [
  text('node', ({ node }) => node.name),
  text('case', ({ one }) => one.id),
  text('benchmark', ({ one }) => one.benchmark),
  text('metric', ({ measure }) => measure?.metric ?? null),
  number('value_ns', ({ valueNs }) => valueNs),
  number('median_ns', ({ measure }) => measure?.distribution.median ?? null),
  number('ratio', ({ valueNs, measure }) => ratioTo(measure, valueNs)),
  text('finding', ({ finding }) => finding?.verdict ?? null),
  number('p_adjusted', ({ finding }) => finding?.p.adjusted ?? null),
  text('outlier', ({ outlier }) => outlier?.verdict ?? null),
  text('cause', ({ outlier }) => outlier?.cause ?? null),
  text('problem', ({ problem }) => problem),
];

/** Who the node is, and what may explain that it is slow. */
export const NODE_COLUMNS: readonly FleetColumn[] = [
  fact('host', ({ hostname }) => hostname),
  fact('device', ({ device }) => device),
  fact('driver', ({ driver }) => driver),
  fact('hypervisor', ({ hypervisor }) => hypervisor),
  fact('attachment', ({ attachment }) => attachment),
  fact('linux', ({ linuxRelease }) => linuxRelease),
  text('guestmark', ({ node }) => node.toolVersion),
  state('compute_clock_hz', ({ computeClockHz }) => computeClockHz),
  text('throttle_reasons', ({ node }) => node.state.throttleReasons.join('; ') || null),
  state('ecc_errors', ({ eccErrors }) => eccErrors),
  state('link_width', ({ linkWidth }) => linkWidth),
  state('link_gtps', ({ linkGtps }) => linkGtps),
  number('steal_low', ({ node }) => valueOrUndefined(node.state.stealShare)?.low ?? null),
  number('steal_high', ({ node }) => valueOrUndefined(node.state.stealShare)?.high ?? null),
  state('run_queue_share', ({ runQueueShare }) => runQueueShare),
  state('throttled_share', ({ throttledShare }) => throttledShare),
  state('exit_cost_ns', ({ exitCostNs }) => exitCostNs),
];

/** The rows, those of a case together, in the order of the report. */
export function* fleetRows(report: FleetReport): Generator<Iterable<FleetRow>> {
  const byNode = new Map(report.outliers.map((outlier) => [outlier.node, outlier]));
  for (const [index, one] of report.cases.entries()) yield caseRows(report, one, index, byNode);
}

function* caseRows(
  { nodes }: FleetReport,
  one: FleetCase,
  index: number,
  outliers: ReadonlyMap<number, FleetOutlier>,
): Generator<FleetRow> {
  const problems = new Map(one.missing.flatMap((gap) => gap.nodes.map((node) => [node, gap.reason])));
  for (const [place, node] of nodes.entries()) {
    const outlier = outliers.get(place);
    const reason = problems.get(place);
    if (reason !== undefined) {
      const nothing = { measure: null, valueNs: null, finding: undefined };
      yield { node, outlier, one, ...nothing, problem: reason };
    }
    for (const measure of one.measures) {
      const valueNs = measure.values[place] ?? null;
      if (valueNs === null) continue;
      const finding = outlier?.findings.find(
        (found) => found.case === index && found.metric === measure.metric,
      );
      yield { node, outlier, one, measure, valueNs, finding, problem: null };
    }
  }
}

/** A node's time over the fleet's median; null where either is not known. */
function ratioTo(measure: FleetMeasure | null, valueNs: number | null): number | null {
  if (measure === null || valueNs === null || !(measure.distribution.median > 0)) return null;
  return valueNs / measure.distribution.median;
}
