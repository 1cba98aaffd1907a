// From the reports of a fleet to what they say together. Pure: what was read in, the fleet report out.
import type { RefusedFile } from '../evidence/evidence.ts';
import type { CaseIdentity } from './collect-reports.ts';
import { explainOutlier } from './explain-outlier.ts';
import { findDifferences } from './find-differences.ts';
import { findGaps, type ReadSource } from './find-gaps.ts';
import { fleetCases, measuredCases as putTogether } from './fleet-cases.ts';
import { fleetNode, kindsOf, measuredCases } from './fleet-nodes.ts';
import {
  FLEET_REPORT_SCHEMA_VERSION,
  type FleetCase,
  type FleetNode,
  type FleetOutlier,
  type FleetReport,
  type MergeOptions,
} from './fleet-report.ts';
import type { FleetSources } from './fleet-sources.ts';
import { type FleetColumns, type FleetKinds, type JudgedNode, judgeFleet } from './judge-fleet.ts';
import { type NodeSign, signsOf } from './node-signs.ts';
import { type PlacedNode, type PlacedReport, placeNodes } from './place-nodes.ts';
import { FLEET_METRICS } from './report-summary.ts';

/** What was read. */
export interface ReadFleet extends Pick<FleetSources, 'plan' | 'tasks' | 'refused'> {
  /** In the order of the files. */
  readonly sources: readonly ReadSource[];
  readonly cases: readonly CaseIdentity[];
}

/** Puts a fleet together. */
export function mergeFleet(
  { plan, tasks, sources, refused, cases: known }: ReadFleet,
  options: MergeOptions,
  tool: FleetReport['tool'],
): FleetReport {
  const placed = placeNodes(sources.flatMap((source) => placedReport(source, tasks)));
  const together = putTogether(placed, known);
  const { columns } = together;
  const counts = measuredCases(columns, placed.length);
  const nodes = placed.map((node, index) => fleetNode(node, counts[index] as number));
  const cases = fleetCases(together);
  const kinds = kindsOf(placed);
  return {
    schema: 'guestmark-fleet',
    schemaVersion: FLEET_REPORT_SCHEMA_VERSION,
    ...{ tool, options, plan, nodes, cases },
    outliers: outliersOf(judgeFleet(columns, kinds, nodes.length, options), {
      placed,
      nodes,
      cases,
      columns,
      kinds,
    }),
    unjudged: unjudged(kinds, options),
    gaps: findGaps(plan, tasks, sources),
    differences: findDifferences(placed),
    refused: [
      ...refused,
      ...sources.flatMap((source): readonly RefusedFile[] =>
        source.refused === null ? [] : [source.refused],
      ),
    ],
  };
}

function placedReport({ report, task }: ReadSource, tasks: FleetSources['tasks']): readonly PlacedReport[] {
  if (report === null) return [];
  return [{ report, task: (task === null ? undefined : tasks.get(task)) ?? null }];
}

/** Nodes of kinds in which no time can be judged. */
function unjudged(kinds: FleetKinds, { fewestNodes }: MergeOptions): readonly number[] {
  const small = kinds.map((groups) => new Set(groups.filter(({ length }) => length < fewestNodes).flat()));
  return [...(small[0] ?? [])]
    .filter((node) => small.every((nodes) => nodes.has(node)))
    .sort((a, b) => a - b);
}

/** The fleet as far as it explains anything. */
interface Measured {
  readonly placed: readonly PlacedNode[];
  readonly nodes: readonly FleetNode[];
  readonly cases: readonly FleetCase[];
  readonly columns: FleetColumns;
  readonly kinds: FleetKinds;
}

function outliersOf(judged: readonly JudgedNode[], fleet: Measured): readonly FleetOutlier[] {
  const signs = nodeSigns(fleet);
  return judged
    .flatMap(({ node, findings }): readonly FleetOutlier[] => {
      if (findings.length === 0) return [];
      const suspect = {
        ...{ findings, signs: signs(node) },
        software: fleet.placed[node]?.reports[0]?.facts.software ?? false,
        hasDeviceTime: (index: number | null) => hasDeviceTime(fleet.columns, node, index),
      };
      const verdict = findings.some((one) => one.verdict === 'slower') ? 'slower' : 'faster';
      return [{ node, verdict, ...explainOutlier(suspect, fleet.cases), findings }];
    })
    .sort(worstFirst);
}

/** Of the kinds by which wall times are compared: what a guest loses depends on its CPUs. */
function nodeSigns({ nodes, kinds }: Measured): (node: number) => readonly NodeSign[] {
  const groups = kinds[FLEET_METRICS.indexOf('wallTime')] ?? [];
  const states = groups.map((group) => signsOf(group.map((node) => (nodes[node] as FleetNode).state)));
  const groupOf = new Map(groups.flatMap((group, place) => group.map((node) => [node, place] as const)));
  return (node) => states[groupOf.get(node) ?? 0]?.((nodes[node] as FleetNode).state) ?? [];
}

function hasDeviceTime(columns: FleetColumns, node: number, index: number | null): boolean {
  const device = FLEET_METRICS.indexOf('gpuTime');
  const those = index === null ? columns : [columns[index]];
  return those.some((ofCase) => !Number.isNaN(ofCase?.[device]?.[node] ?? Number.NaN));
}

function worstFirst(a: FleetOutlier, b: FleetOutlier): number {
  if (a.verdict !== b.verdict) return a.verdict === 'slower' ? -1 : 1;
  const size = ({ findings }: FleetOutlier): number => Math.abs(Math.log(findings[0]?.ratio ?? 1));
  return size(b) - size(a);
}
