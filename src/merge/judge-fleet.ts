// Which nodes are not like the others, and in what: every case and metric of a node is tested against the nodes of its kind, and all
// of its cases together. Pure; knows numbers of nodes and cases, not what they are.
//
// What is controlled is the share of healthy nodes among those that are named. First each node has one p-value for all of its tests
// (that of Simes), and the false discovery rate is controlled over the nodes; then the findings of a node that is named are
// corrected once more, within it and for the choice (Y. Benjamini and M. Bogomolov, "Selective inference on multiple families of
// hypotheses", Journal of the Royal Statistical Society B 76, 2014). Were all findings corrected at once, a node that is slow in
// sixty cases would pay for many healthy ones with one false finding each.
import { falseDiscoveryAdjusted } from '../stats/false-discovery.ts';
import type { FleetFinding, MergeOptions } from './fleet-report.ts';
import { type JudgeRules, judgeColumns } from './judge-columns.ts';
import { judgeOverall } from './judge-overall.ts';
import { type KnownValues, knownValues, type NodeColumn } from './node-columns.ts';
import type { NodeTest, NodeTests } from './node-tests.ts';
import { FLEET_METRICS } from './report-summary.ts';

/** What is tested: by case, then by metric in the order of FLEET_METRICS, in ns. */
export type FleetColumns = readonly (readonly NodeColumn[])[];

/** Nodes that may be compared with each other, by metric in the order of FLEET_METRICS. */
export type FleetKinds = readonly (readonly (readonly number[])[])[];

/** A node with what is found of it, the largest difference first. */
export interface JudgedNode {
  readonly node: number;
  readonly findings: readonly FleetFinding[];
}

/** Names the nodes that differ; those of a kind with too few are not tested. */
export function judgeFleet(
  columns: FleetColumns,
  kinds: FleetKinds,
  nodeCount: number,
  options: MergeOptions,
): readonly JudgedNode[] {
  const tests: NodeTests = {
    told: Array.from({ length: nodeCount }, () => []),
    counts: Array.from({ length: nodeCount }, () => ({ cases: 0, overall: 0 })),
  };
  for (const metric of FLEET_METRICS.keys()) {
    for (const nodes of kinds[metric] ?? []) {
      if (nodes.length >= options.fewestNodes) testKind(columns, { metric, nodes }, options, tests);
    }
  }
  return chosen(tests, options.alpha);
}

/** Nodes of one kind, in one metric. */
interface KindOfNodes {
  readonly metric: number;
  readonly nodes: readonly number[];
}

function testKind(columns: FleetColumns, kind: KindOfNodes, options: MergeOptions, tests: NodeTests): void {
  const metric = FLEET_METRICS[kind.metric] as FleetFinding['metric'];
  const told: { readonly index: number; readonly known: KnownValues }[] = [];
  columns.forEach((ofCase, index) => {
    const known = knownValues(ofCase[kind.metric] as NodeColumn, kind.nodes, Math.log);
    if (known.values.length >= options.fewestNodes) told.push({ index, known });
  });
  const { columns: judged, tails } = judgeColumns(
    told.map(({ known }) => known),
    rulesOf(options.noiseFloor),
  );
  told.forEach(({ index, known }, place) => {
    const { center, ps } = judged[place] as (typeof judged)[number];
    known.nodes.forEach((node, i) => {
      (tests.counts[node] as { cases: number }).cases++;
      const p = ps[i] as number;
      if (p === 1) return;
      const ratio = Math.exp((known.values[i] as number) - center);
      tests.told[node]?.push({ case: index, metric, ratio, p });
    });
  });
  const knowns = told.map(({ known }) => known);
  judgeOverall({ knowns, judged, tails, metric }, kind.nodes, options, tests);
}

/** A tenth of the noise floor is not told from no spread at all. */
const LEAST_OF_FLOOR = 0.1;
/** Where nothing is too near to matter, clocks still have their grain. */
const LEAST_SPREAD = 1e-4;

function rulesOf(noiseFloor: number): JudgeRules {
  return {
    leastSpread: Math.max(LEAST_SPREAD, LEAST_OF_FLOOR * noiseFloor),
    floor: { below: -Math.log1p(-noiseFloor), above: Math.log1p(noiseFloor) },
  };
}

function chosen({ told, counts }: NodeTests, alpha: number): readonly JudgedNode[] {
  const adjusted = told.map((tests, node) =>
    adjustedTests(tests, counts[node] as NodeTests['counts'][number]),
  );
  const ofNodes = adjusted.map((ps) => Math.min(1, ...ps));
  const tested = counts.filter(({ cases, overall }) => cases + overall > 0).length;
  const selected = falseDiscoveryAdjusted(
    ofNodes.map((p) => ({ p, weight: 1 })),
    tested,
  );
  const count = selected.filter((p) => p <= alpha).length;
  return told.flatMap((tests, node) => {
    if ((selected[node] as number) > alpha) return [];
    const findings = tests.flatMap((test, i) =>
      findingOf(test, (adjusted[node]?.[i] as number) * (tested / count), alpha),
    );
    return [{ node, findings: findings.sort((a, b) => sizeOf(b) - sizeOf(a)) }];
  });
}

/** Half of it is spent on the cases, half on all of them together: those are few tests, and see most. */
function adjustedTests(
  tests: readonly NodeTest[],
  { cases, overall }: NodeTests['counts'][number],
): readonly number[] {
  const count = cases + overall;
  const weightOf = (ofThese: number): number => (cases > 0 && overall > 0 ? count / (2 * ofThese) : 1);
  const [ofCase, ofAll] = [weightOf(cases), weightOf(overall)];
  const weighted = tests.map((test) => ({ p: test.p, weight: test.case === null ? ofAll : ofCase }));
  return falseDiscoveryAdjusted(weighted, count);
}

function findingOf({ p, ...test }: NodeTest, adjusted: number, alpha: number): readonly FleetFinding[] {
  if (adjusted > alpha) return [];
  return [{ ...test, verdict: test.ratio > 1 ? 'slower' : 'faster', p: { raw: p, adjusted } }];
}

function sizeOf({ ratio }: FleetFinding): number {
  return Math.abs(Math.log(ratio));
}
