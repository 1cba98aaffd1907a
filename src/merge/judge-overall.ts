// All cases of a node together: one that is two per cent slower in everything stands out more clearly than in any one case. By the
// median over the cases of how many spreads it is off, so that one bad case is not taken for a bad node. Pure.
import { median } from '../stats/quantile.ts';
import type { FleetFinding, MergeOptions } from './fleet-report.ts';
import { type JudgedColumn, judgeColumns, type Tails } from './judge-columns.ts';
import { type KnownValues, knownValues } from './node-columns.ts';
import type { NodeTests } from './node-tests.ts';

/** The cases of a kind of nodes in one metric. */
export interface JudgedCases {
  readonly knowns: readonly KnownValues[];
  readonly judged: readonly JudgedColumn[];
  readonly tails: Tails;
  readonly metric: FleetFinding['metric'];
}

/** Of fewer a median says no more than the cases themselves. */
const FEWEST_CASES = 3;

/** Adds a test of every node that has enough cases. */
export function judgeOverall(
  cases: JudgedCases,
  nodes: readonly number[],
  { fewestNodes, noiseFloor }: MergeOptions,
  tests: NodeTests,
): void {
  const offs = offsOf(cases);
  const enough = nodes.filter((node) => (offs.get(node)?.length ?? 0) >= FEWEST_CASES);
  if (enough.length < fewestNodes) return;
  const score = (node: number): number =>
    median((offs.get(node) as readonly Off[]).map(({ spreads }) => spreads));
  const scores = Float64Array.from(enough, score);
  const known = knownValues(scores, scores.keys());
  const rules = { leastSpread: LEAST_SPREAD, floor: { below: 0, above: 0 } };
  const { columns } = judgeColumns([known], rules, cases.tails);
  enough.forEach((node, i) => {
    (tests.counts[node] as { overall: number }).overall++;
    const ratio = Math.exp(median((offs.get(node) as readonly Off[]).map(({ log }) => log)));
    if (Math.abs(ratio - 1) <= noiseFloor) return;
    const p = columns[0]?.ps[i] as number;
    tests.told[node]?.push({ case: null, metric: cases.metric, ratio, p });
  });
}

/** In spreads of the cases. */
const LEAST_SPREAD = 0.01;

/** How far a node is off in a case. */
interface Off {
  readonly log: number;
  readonly spreads: number;
}

function offsOf({ knowns, judged }: JudgedCases): ReadonlyMap<number, readonly Off[]> {
  const offs = new Map<number, Off[]>();
  knowns.forEach(({ nodes, values }, place) => {
    const { center, below, above } = judged[place] as JudgedColumn;
    const spread = (below + above) / 2;
    nodes.forEach((node, i) => {
      const log = (values[i] as number) - center;
      const known = offs.get(node);
      if (known === undefined) offs.set(node, [{ log, spreads: log / spread }]);
      else known.push({ log, spreads: log / spread });
    });
  });
  return offs;
}
