// Whether a case keeps its thresholds, judged by the 95 % intervals of its metrics and never by a single number. Pure:
// thresholds and metrics are both in the report.
import type { CaseResult, JudgedThreshold, Metric, ReportWarning, Threshold } from './report.ts';
import { limitText, thresholdText } from './threshold-text.ts';
import { warningOf } from './warnings.ts';

/** A case without what follows from its thresholds. */
export type UnjudgedCase = Omit<CaseResult, 'thresholds'>;

/** Judges a case; a verdict that the reader cannot see from the metrics alone is a warning too. */
export function withVerdicts(result: UnjudgedCase, thresholds: readonly Threshold[]): CaseResult {
  const judged = thresholds.map((threshold) => judgedThreshold(result, threshold));
  const warnings = judged.flatMap((threshold) => thresholdWarning(result, threshold));
  return { ...result, thresholds: judged, warnings: [...result.warnings, ...warnings] };
}

function judgedThreshold(result: UnjudgedCase, threshold: Threshold): JudgedThreshold {
  const { metric, relation, limit, unit } = threshold;
  const found = metricOf(result, metric);
  return {
    metric,
    relation,
    limit,
    unit,
    verdict: found === undefined ? 'unmeasured' : verdictOf(threshold, found),
    reason: found === undefined ? reasonWithout(result, metric) : null,
  };
}

/** Whether an interval keeps a limit wholly, in part, or nowhere. */
export function verdictOf(
  { relation, limit }: Pick<Threshold, 'relation' | 'limit'>,
  { low, high }: Pick<Metric, 'low' | 'high'>,
): 'met' | 'missed' | 'unclear' {
  const keeps = KEEPS[relation];
  const [atLow, atHigh] = [keeps(low, limit), keeps(high, limit)];
  if (atLow && atHigh) return 'met';
  return atLow || atHigh ? 'unclear' : 'missed';
}

const KEEPS: Readonly<Record<Threshold['relation'], (value: number, limit: number) => boolean>> = {
  '<=': (value, limit) => value <= limit,
  '<': (value, limit) => value < limit,
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
};

const AMOUNTS: Readonly<Record<string, 'bytes' | 'flops' | 'items'>> = {
  bandwidth: 'bytes',
  arithmetic: 'flops',
  itemRate: 'items',
  itemTime: 'items',
};

function reasonWithout(result: UnjudgedCase, metric: string): string {
  if (result.status === 'pending') return 'the case was not run';
  if (result.status !== 'ok') return `the case ${result.status === 'failed' ? 'failed' : 'was skipped'}`;
  const amount = AMOUNTS[metric];
  if (amount !== undefined && result[amount] === null) return `the benchmark does not say its ${amount}`;
  if (metric === 'roofShare') return 'the roofs above it were not measured in this report';
  return `no ${metric} could be measured`;
}

/** That a case failed or was skipped is said already. */
function thresholdWarning(result: UnjudgedCase, threshold: JudgedThreshold): readonly ReportWarning[] {
  const metric = metricOf(result, threshold.metric);
  if (threshold.verdict === 'unclear' && metric !== undefined) {
    return [warningOf('threshold-unclear', thresholdText(threshold, metric))];
  }
  if (threshold.verdict !== 'unmeasured' || result.status !== 'ok') return [];
  const message = `${limitText(threshold)} is not judged: ${threshold.reason}`;
  return [warningOf('threshold-unmeasured', message)];
}

function metricOf({ metrics }: UnjudgedCase, id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id);
}
