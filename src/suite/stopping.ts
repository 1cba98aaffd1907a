// When to stop sampling inside one run: precise enough, out of time, or out of room. Pure; looked at
// between samples only.
import { medianInterval } from '../stats/order-statistic-interval.ts';
import type { StopReason } from './case-run.ts';

/** The rule's parameters. */
export interface StoppingRule {
  readonly minTimeNs: number;
  readonly maxTimeNs: number;
  readonly minSamples: number;
  readonly maxSamples: number;
  /** Relative half-width of the median's 95 % interval that counts as precise enough; null where the time alone decides. */
  readonly targetRelativeHalfWidth: number | null;
}

/** 1 % is the noise floor below which a comparison calls two results the same. */
export const TARGET_RELATIVE_HALF_WIDTH = 0.01;
export const MIN_SAMPLES = 10;

/**
 * Decides after a sample.
 *
 * @param samplesNs What the case is judged by so far: device time, or of a latency the round trip (judged-time.ts).
 * @returns The reason to stop, or null to go on.
 */
export function stopReason(
  rule: StoppingRule,
  samplesNs: Float64Array,
  elapsedNs: number,
): StopReason | null {
  if (samplesNs.length >= rule.maxSamples) return 'max-samples';
  if (samplesNs.length >= rule.minSamples && elapsedNs >= rule.minTimeNs && isPrecise(rule, samplesNs))
    return 'converged';
  if (elapsedNs < rule.maxTimeNs || samplesNs.length === 0) return null;
  return rule.targetRelativeHalfWidth === null ? 'lasted' : 'max-time';
}

function isPrecise({ targetRelativeHalfWidth }: StoppingRule, samplesNs: Float64Array): boolean {
  if (targetRelativeHalfWidth === null) return false;
  const interval = medianInterval(samplesNs);
  if (interval === null || interval.median <= 0) return false;
  return (interval.high - interval.low) / 2 / interval.median <= targetRelativeHalfWidth;
}
