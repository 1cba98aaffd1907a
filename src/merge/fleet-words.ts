// How the figures and findings of a fleet read, the same in Markdown and on the page. Pure; knows no layout and escapes for no format.
import { formatNs } from '../base/units.ts';
import { counted, METRIC_NAMES, NONE } from '../compare/comparison-words.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { figureText } from '../report/figure-text.ts';
import { formatPercent } from '../report/percent.ts';
import type {
  FleetCase,
  FleetCause,
  FleetFinding,
  FleetGap,
  FleetMeasure,
  FleetOutlier,
  FleetReport,
} from './fleet-report.ts';

/** Causes in the order in which they are told. */
export const CAUSE_WORDS: Readonly<Record<FleetCause, string>> = {
  gpu: 'GPU',
  guest: 'guest',
  unexplained: 'unexplained',
};

/** All causes. */
export const CAUSES: readonly FleetCause[] = Object.keys(CAUSE_WORDS) as FleetCause[];

/** What came out, in one to three sentences: outliers, what is missing, what could not be read. */
export function fleetSentences(report: FleetReport): readonly string[] {
  const { gaps, refused } = report;
  const missing = `${counted(gaps.length, 'task or node', 'tasks or nodes')} without a whole report.`;
  return [
    outliersSummary(report),
    ...(gaps.length === 0 ? [] : [missing]),
    ...(refused.length === 0 ? [] : [`${counted(refused.length, 'file')} could not be read.`]),
  ];
}

/** The same as one text. */
export function fleetSummary(report: FleetReport): string {
  return fleetSentences(report).join(' ');
}

function outliersSummary({ nodes, cases, outliers, unjudged, options }: FleetReport): string {
  const of = `${counted(nodes.length, 'node')}, ${counted(cases.length, 'case')}`;
  if (nodes.length > 0 && unjudged.length === nodes.length)
    return `${of}: too few nodes to tell one from the others, which takes ${options.fewestNodes} of a kind.`;
  if (outliers.length === 0) return `${of}: no node stands out.`;
  const verdicts = (['slower', 'faster'] as const).flatMap((verdict) => {
    const those = outliers.filter((one) => one.verdict === verdict);
    return those.length === 0 ? [] : [`${those.length} ${verdict} than the fleet (${causesText(those)})`];
  });
  return `${of}: ${verdicts.join(', ')}.`;
}

/** `5 GPU, 4 guest`. */
function causesText(outliers: readonly FleetOutlier[]): string {
  return countsByCause(outliers)
    .filter(([, count]) => count > 0)
    .map(([cause, count]) => `${count} ${CAUSE_WORDS[cause]}`)
    .join(', ');
}

/** How many outliers each cause has. */
export function countsByCause(outliers: readonly FleetOutlier[]): readonly (readonly [FleetCause, number])[] {
  return CAUSES.map((cause) => [cause, outliers.filter((one) => one.cause === cause).length]);
}

/** Which nodes nobody can judge; null where all can be. */
export function unjudgedText({ unjudged, options }: FleetReport): string | null {
  if (unjudged.length === 0) return null;
  return `${counted(unjudged.length, 'node')} of a kind (device and CPU) with fewer than ${options.fewestNodes} nodes`;
}

/** The rules by which outliers were told. */
export function rulesText({ options }: FleetReport): string {
  const { noiseFloor, alpha, fewestNodes } = options;
  return (
    `An outlier differs by more than ${formatPercent(noiseFloor)} from the median of the nodes of its kind (device and CPU); at most ` +
    `${formatPercent(alpha)} of the outliers are expected to be healthy nodes, over all cases and metrics together; a kind of fewer than ` +
    `${fewestNodes} nodes is not judged.`
  );
}

/** The measure by which a case is told first; undefined where nobody measured it. */
export function mainMeasure({ main, measures }: FleetCase): FleetMeasure | undefined {
  return measures.find(({ metric }) => metric === main);
}

/** `GPU time`. */
export function metricName({ metric }: Pick<FleetMeasure, 'metric'>): string {
  return METRIC_NAMES[metric];
}

/** `4.01 ms`, with the rate that it makes of the main time: `4.01 ms, 33.5 GB/s`. */
export function medianText({ main, rate }: FleetCase, { metric, distribution }: FleetMeasure): string {
  const time = formatNs(distribution.median);
  if (rate === null || metric !== main || !(distribution.median > 0)) return time;
  const value = rate.amount / (distribution.median / 1e9);
  return `${time}, ${figureText({ unit: rate.unit, value }, 'items')}`;
}

/** Where a finding was made: the id of its case. */
export function findingPlace({ case: index }: FleetFinding, { cases }: FleetReport): string {
  return index === null ? 'all cases together' : (cases[index]?.id ?? NONE);
}

/** `+4.1 %`, with the metric where it is not what the case is told by. */
export function findingText({ case: index, metric, ratio }: FleetFinding, { cases }: FleetReport): string {
  const isMain = index === null || cases[index]?.main === metric;
  return isMain ? percentDifference(ratio) : `${percentDifference(ratio)} in ${METRIC_NAMES[metric]}`;
}

/** The findings of each case together, in the order of its largest one. */
export function findingsByCase(
  findings: readonly FleetFinding[],
): readonly (readonly [FleetFinding, ...FleetFinding[]])[] {
  const groups = new Map<number | null, [FleetFinding, ...FleetFinding[]]>();
  for (const finding of findings) {
    const known = groups.get(finding.case);
    if (known === undefined) groups.set(finding.case, [finding]);
    else known.push(finding);
  }
  return [...groups.values()];
}

/** `task 12`, `node-12`, `task 12 on node-12`. */
export function gapPlace({ task, node }: FleetGap): string {
  if (task === null) return node ?? 'a node without a name';
  return node === null ? `task ${task}` : `task ${task} on ${node}`;
}

/** What the fleet is called: by its plan, else by its size. */
export function fleetTitle({ plan, nodes }: FleetReport): string {
  const name = plan?.name ?? '';
  return name === '' ? `Fleet of ${counted(nodes.length, 'node')}` : name;
}
