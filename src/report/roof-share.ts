// How close a case comes to the roofline: its rate over the lower of what the device can compute and what it can move at the
// case's own intensity. Above 1 a case uses what the roofs did not: caches, or a better kernel.
import { formatRate } from '../base/units.ts';
import type { RoofType } from '../suite/benchmark.ts';
import type { Roof, Roofs } from './derived.ts';
import type { CaseResult, Metric } from './report.ts';

/** Which roofs are above a case. */
export interface RoofUse {
  readonly moves: boolean;
  readonly computes: RoofType | null;
}

type PlacedCase = Pick<
  CaseResult,
  'kind' | 'category' | 'bytes' | 'flops' | 'flopType' | 'showsItemTime' | 'metrics'
>;

/**
 * The roofs above a case; null for a latency and for the host's part of the work, which are below none, and where neither bytes
 * nor operations are known.
 */
export function roofUseOf(result: PlacedCase): RoofUse | null {
  const { kind, category, bytes, flops, flopType, showsItemTime } = result;
  const moves = bytes !== null && bytes > 0;
  const computes = flops !== null && flops > 0 ? flopType : null;
  const isBelow = kind === 'throughput' && category !== 'host' && !showsItemTime;
  return isBelow && (moves || computes !== null) ? { moves, computes } : null;
}

/** The metrics of a case with its share of the roofline, where every roof above it was measured. */
export function withRoofShare<T extends PlacedCase>(result: T, roofs: Roofs): T {
  const use = roofUseOf(result);
  const share = use === null ? null : roofShare(result, use, roofs);
  return share === null ? result : { ...result, metrics: [...result.metrics, share] };
}

function roofShare(result: PlacedCase, { moves, computes }: RoofUse, roofs: Roofs): Metric | null {
  const rate = result.metrics.find(({ id }) => id === (computes === null ? 'bandwidth' : 'arithmetic'));
  const peak = computes === null ? null : roofs.arithmetic[computes];
  const bandwidth = moves ? roofs.bandwidth : null;
  if (rate === undefined || peak?.available === false || bandwidth?.available === false) return null;
  const limits = [
    ...(peak === null ? [] : [computeLimit(peak.value, computes as RoofType)]),
    ...(bandwidth === null ? [] : [memoryLimit(bandwidth.value, result, computes)]),
  ];
  const [first, second] = limits;
  const lower = second === undefined || (first as Limit).value <= second.value ? first : second;
  if (lower === undefined) return null;
  const { value, what } = lower;
  return {
    id: 'roofShare',
    unit: 'ratio',
    value: rate.value / value,
    low: rate.low / value,
    high: rate.high / value,
    method: `${rate.id} over ${what}; the interval is that of the case`,
  };
}

interface Limit {
  readonly value: number;
  readonly what: string;
}

function computeLimit({ value, caseId }: Roof, type: RoofType): Limit {
  return { value, what: `the ${type} roof, ${formatRate(value, 'FLOP/s')} of ${caseId}` };
}

/** In FLOP/s at the intensity of the case; in B/s for one that computes nothing. */
function memoryLimit(
  { value, caseId }: Roof,
  { bytes, flops }: PlacedCase,
  computes: RoofType | null,
): Limit {
  const roof = `the bandwidth roof, ${formatRate(value, 'B/s')} of ${caseId}`;
  if (computes === null) return { value, what: roof };
  const intensity = (flops as number) / (bytes as number);
  return { value: intensity * value, what: `${intensity.toPrecision(3)} FLOP/B × ${roof}` };
}
