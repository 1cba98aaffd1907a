// Two sides in, a comparison out: pairs the cases, measures every metric of each, and judges all of them together. Pure: the
// same sides, options and seed give the same comparison on every machine.
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import type { Side } from '../evidence/evidence.ts';
import { holmAdjusted } from '../stats/holm.ts';
import { caseDoubts } from './case-doubts.ts';
import { collectionOf } from './collection.ts';
import { comparedMetrics, FEWEST_FOR_TAIL } from './compared-metrics.ts';
import {
  COMPARISON_SCHEMA_VERSION,
  type ComparedCase,
  type ComparedMetric,
  type CompareOptions,
  type Comparison,
  type SideRecord,
  type Verdict,
} from './comparison.ts';
import { sideDoubts } from './doubts.ts';
import { explainCase } from './explain-case.ts';
import { explainOverall } from './explain-overall.ts';
import { compareOutputHashes, fidelityOf } from './fidelity.ts';
import { FEWEST_RUNS, hasEnds, judgeRatio } from './judge.ts';
import { judgedMetric, openRatio, pValue, timeBehind } from './judge-case.ts';
import { meanRatios } from './mean-ratios.ts';
import { type ComparedTimeId, runsOfTime } from './metric-sources.ts';
import { type CasePair, pairCases } from './pair-cases.ts';

/** Who compares, and what the sides are called. */
export interface ComparisonIdentity {
  readonly tool: Comparison['tool'];
  readonly labels: readonly [baseline: string, contender: string];
}

/** Compares two sides; cases that only one of them has are listed and nothing more. */
export function compareSides(
  baseline: Side,
  contender: Side,
  options: CompareOptions,
  { tool, labels }: ComparisonIdentity,
): Comparison {
  const { pairs, unpaired } = pairCases(baseline, contender);
  const measured = pairs.map((pair) => measure(pair, options));
  const cases = judged(measured, options);
  const collection = collectionOf(baseline, contender);
  return {
    schema: 'guestmark-comparison',
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    tool,
    options,
    baseline: recordOf(baseline, labels[0]),
    contender: recordOf(contender, labels[1]),
    collection,
    cases,
    unpaired,
    counts: countsOf(cases),
    means: meanRatios(pairs, cases, options),
    explanation: explainOverall(cases),
    fidelity: fidelityOf(cases),
    doubts: sideDoubts(baseline, contender, collection),
  };
}

/** A case before all p-values are known. */
interface Measured {
  readonly pair: CasePair;
  readonly compared: Omit<ComparedCase, 'verdict' | 'reason' | 'p'>;
  /** What is judged; undefined where not both sides have it. */
  readonly judging: Judging | undefined;
  readonly p: Available<number>;
}

interface Judging {
  readonly metric: ComparedMetric;
  readonly time: ComparedTimeId;
}

function measure(pair: CasePair, options: CompareOptions): Measured {
  const { baseline, contender } = pair;
  const asked = judgedMetric(pair, options.metric);
  const hasGpuTime = judgedMetric(pair, 'auto') === 'gpuTime';
  const time = asked === null ? null : timeBehind(asked, baseline.kind, hasGpuTime);
  const all = comparedMetrics(pair, time, options);
  const metrics = all.filter(isFigure);
  const metric = all.find(({ id }) => id === asked);
  const wall = metrics.find(({ id }) => id === 'wallTime');
  const compared = {
    id: baseline.id,
    benchmark: baseline.benchmark,
    axes: baseline.axes,
    kind: baseline.kind,
    category: baseline.category,
    runs: { baseline: baseline.runs.length, contender: contender.runs.length },
    metrics,
    judgedBy: metrics.find(({ id }) => id === asked)?.id ?? null,
    explanation: explainCase(baseline.runs, contender.runs, {
      ...options,
      ...(wall === undefined ? {} : { medianWallRatio: wall.ratio.value }),
    }),
    outputs: compareOutputHashes(baseline, contender),
    doubts: caseDoubts(pair),
  };
  if (metric === undefined || time === null)
    return { pair, compared, judging: undefined, p: unavailable(whyNotJudged(pair, asked)) };
  const p = isFigure(metric)
    ? pValue(pair, metric, time, options.noiseFloor)
    : unavailable('the ratio has no end');
  return { pair, compared, judging: { metric, time }, p };
}

/** A metric without a ratio, or whose ratio may be anything, is none: JSON has no infinity, and readers have no use for it. */
function isFigure({ baseline, contender, ratio }: ComparedMetric): boolean {
  const ends = [baseline, contender].flatMap(({ value, low, high }) => [value, low, high]);
  return ends.every(Number.isFinite) && hasEnds(ratio);
}

function whyNotJudged({ baseline, contender }: CasePair, asked: string | null): string {
  for (const [name, { runs, problems }] of [
    ['baseline', baseline],
    ['contender', contender],
  ] as const) {
    if (runs.length === 0)
      return `the ${name} has no run that may be reported${problems[0] === undefined ? '' : `: ${problems[0]}`}`;
  }
  if (asked === 'wallTimeP99')
    return `a side has fewer than ${FEWEST_FOR_TAIL} samples, too few for its 99 % quantile`;
  const why = [...baseline.problems, ...contender.problems].find((one) =>
    /^no (rate|device time)\b/.test(one),
  );
  return `not both sides have ${asked ?? 'a time'}${why === undefined ? '' : `: ${why}`}`;
}

/** Holm's correction is over the cases that have a p-value; the others stay unclear with their reason. */
function judged(measured: readonly Measured[], options: CompareOptions): readonly ComparedCase[] {
  const family = measured.flatMap(({ p }) => (p.available ? [p.value] : []));
  const adjusted = holmAdjusted(family);
  let next = 0;
  return measured.map((one) => {
    const p = mapAvailable(one.p, (raw) => ({ raw, holm: adjusted[next++] as number }));
    return { ...one.compared, p, ...verdictOf(one, p, options) };
  });
}

function verdictOf(
  { pair, judging }: Measured,
  p: ComparedCase['p'],
  { noiseFloor, alpha }: CompareOptions,
): Pick<ComparedCase, 'verdict' | 'reason'> {
  if (judging === undefined) return { verdict: 'unclear', reason: p.available ? '' : p.reason };
  const { metric, time } = judging;
  const open = openRatio(pair, time);
  const count = (side: 'baseline' | 'contender'): number => runsOfTime(pair[side], time)?.runs.length ?? 0;
  const runs = { baseline: count('baseline'), contender: count('contender') };
  const { verdict, reason } = judgeRatio({
    ratio: metric.ratio,
    ...(open === null ? {} : { open }),
    better: metric.better,
    runs,
    ...(p.available ? { holmP: p.value.holm } : { holmP: Number.NaN, whyNoP: p.reason }),
    noiseFloor,
    alpha,
  });
  return { verdict, reason: `${reason}${withoutTime(pair, runs, metric.id)}` };
}

/** Where a side has runs enough, but not with this metric. */
function withoutTime(
  pair: CasePair,
  runs: Readonly<Record<'baseline' | 'contender', number>>,
  metric: string,
): string {
  const lacks = (['baseline', 'contender'] as const).some(
    (side) => runs[side] < FEWEST_RUNS && runs[side] < pair[side].runs.length,
  );
  return lacks ? `; other runs have no ${metric}` : '';
}

function countsOf(cases: readonly ComparedCase[]): Comparison['counts'] {
  const count = (wanted: Verdict): number => cases.filter(({ verdict }) => verdict === wanted).length;
  return { faster: count('faster'), slower: count('slower'), same: count('same'), unclear: count('unclear') };
}

function recordOf(side: Side, label: string): SideRecord {
  const runs = new Set(side.cases.flatMap((one) => one.runs.map(({ report, run }) => `${report}/${run}`)));
  return {
    label,
    reports: side.reports.map(({ processStartsMs: _, ...facts }) => facts),
    runs: runs.size,
    refused: side.refused,
  };
}
