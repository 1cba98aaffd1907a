// How a threshold reads: `gpuTime ≤ 5.00 ms missed: 6.10–6.30 ms`. Says nothing that the report does not hold.
import { figureText, rangeText } from './figure-text.ts';
import type { JudgedThreshold, Metric, Threshold } from './report.ts';

const SIGNS: Readonly<Record<Threshold['relation'], string>> = { '<=': '≤', '<': '<', '>=': '≥', '>': '>' };

/** `gpuTime ≤ 5.00 ms`. */
export function limitText({ metric, relation, limit, unit }: Threshold): string {
  return `${metric} ${SIGNS[relation]} ${figureText({ unit, value: limit }, 'items')}`;
}

/** A threshold with its verdict and the interval that decided it. */
export function thresholdText(threshold: JudgedThreshold, { low, high, unit }: Metric): string {
  return `${limitText(threshold)} ${threshold.verdict}: ${rangeText(unit, low, high)}`;
}
