// How a threshold reads: `gpuTime ≤ 5.00 ms missed: 6.10–6.30 ms`. Says nothing that the report does not hold.
import { formatCount, formatNs, formatNsRange, formatRate, formatRateRange } from '../base/units.ts';
import { formatPercent, formatPercentRange } from './percent.ts';
import type { JudgedThreshold, Metric, Threshold } from './report.ts';

const SIGNS: Readonly<Record<Threshold['relation'], string>> = { '<=': '≤', '<': '<', '>=': '≥', '>': '>' };

/** `gpuTime ≤ 5.00 ms`. */
export function limitText({ metric, relation, limit, unit }: Threshold): string {
  return `${metric} ${SIGNS[relation]} ${valueText(limit, unit)}`;
}

/** A threshold with its verdict and the interval that decided it. */
export function thresholdText(threshold: JudgedThreshold, { low, high, unit }: Metric): string {
  return `${limitText(threshold)} ${threshold.verdict}: ${intervalText(low, high, unit)}`;
}

function valueText(value: number, unit: Metric['unit']): string {
  if (unit === 'ns') return formatNs(value);
  if (unit === 'count') return formatCount(value);
  return unit === 'ratio' ? formatPercent(value) : formatRate(value, rateUnit(unit));
}

function intervalText(low: number, high: number, unit: Metric['unit']): string {
  if (low === high) return valueText(low, unit);
  if (unit === 'ns') return formatNsRange(low, high);
  if (unit === 'count') return `${formatCount(low)}–${formatCount(high)}`;
  return unit === 'ratio' ? formatPercentRange(low, high) : formatRateRange(low, high, rateUnit(unit));
}

function rateUnit(unit: Metric['unit']): string {
  return unit === '1/s' ? '/s' : unit;
}
