// Thresholds as people write them: `gpuTime <= 5 ms`, in suite files and on the command line. Whether a case keeps them
// is judged in report/threshold-verdict.ts.
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { METRIC_UNITS, type MetricId } from '../report/metric-units.ts';
import type { Metric, Threshold } from '../report/report.ts';

export type { Threshold } from '../report/report.ts';

/** Units of people by the unit of the metric. */
const UNITS: Readonly<Record<Metric['unit'], Readonly<Record<string, number>>>> = {
  ns: { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 },
  'B/s': { 'B/s': 1, 'kB/s': 1e3, 'MB/s': 1e6, 'GB/s': 1e9, 'TB/s': 1e12 },
  'FLOP/s': { 'FLOP/s': 1, 'kFLOP/s': 1e3, 'MFLOP/s': 1e6, 'GFLOP/s': 1e9, 'TFLOP/s': 1e12, 'PFLOP/s': 1e15 },
  '1/s': { '/s': 1, 'k/s': 1e3, 'M/s': 1e6, 'G/s': 1e9 },
  ratio: { '%': 0.01 },
  count: { '': 1 },
};

/** Value and unit of a limit: `<= 5 ms`. */
const LIMIT = /^(<=|>=|<|>|≤|≥)\s*((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-zµμ/%]*)$/;
const RELATIONS: Readonly<Record<string, Threshold['relation']>> = {
  '<=': '<=',
  '≤': '<=',
  '<': '<',
  '>=': '>=',
  '≥': '>=',
  '>': '>',
};

/**
 * Parses the limit of a metric.
 *
 * @param limit `<= 5 ms`.
 * @param place Where it stands, for messages; null on the command line.
 * @throws GuestmarkError (usage) for an unknown metric or unit, with those that are known.
 */
export function parseThreshold(metric: string, limit: string, place: string | null = null): Threshold {
  const refuse = refusal(`${metric} ${limit}`, place);
  if (!isMetric(metric)) {
    throw refuse(`"${shownText(metric)}" is no metric`, `known: ${Object.keys(METRIC_UNITS).join(', ')}`);
  }
  const [, sign, digits, unit = ''] = LIMIT.exec(limit.trim()) ?? [];
  const relation = RELATIONS[sign ?? ''];
  if (relation === undefined || digits === undefined) throw refuse(FORM, EXAMPLES);
  const units = UNITS[METRIC_UNITS[metric]];
  const name = unit.replace('μ', 'µ');
  if (!Object.hasOwn(units, name)) {
    const state = unit === '' ? 'it has no unit' : `"${shownText(unit)}" is no unit of ${metric}`;
    const known = Object.keys(units).map((one) => (one === '' ? 'none, it is a count' : one));
    throw refuse(state, `known: ${known.join(', ')}`);
  }
  const value = Number(digits) * (units[name] as number);
  if (!Number.isFinite(value)) throw refuse('its value is too large');
  return { metric, relation, limit: value, unit: METRIC_UNITS[metric] };
}

const FORM = 'it is not of the form metric <= value unit';
const EXAMPLES = 'such as gpuTime <= 5 ms, bandwidth >= 10 GB/s or stealHigh < 1 %';

/**
 * Parses thresholds with their metrics: `gpuTime <= 5 ms`, or several with commas between them.
 *
 * @throws GuestmarkError (usage) as `parseThreshold` does.
 */
export function parseThresholds(text: string): readonly Threshold[] {
  return text.split(',').map((part) => {
    const [, metric, limit] = /^\s*([^\s<>≤≥]+)\s*([<>≤≥].*)$/s.exec(part) ?? [];
    if (metric !== undefined && limit !== undefined) return parseThreshold(metric, limit);
    throw refusal(part.trim(), null)(FORM, EXAMPLES);
  });
}

function isMetric(id: string): id is MetricId {
  return Object.hasOwn(METRIC_UNITS, id);
}

function refusal(text: string, place: string | null): (state: string, hint?: string) => GuestmarkError {
  const where = place === null ? '' : ` (${shownText(place, 300)})`;
  return (state, hint) =>
    new GuestmarkError('usage', `Cannot read threshold "${shownText(text)}"${where}: ${state}`, {
      ...(hint === undefined ? {} : { hint }),
    });
}
