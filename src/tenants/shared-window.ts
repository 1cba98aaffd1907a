// The time in which all tenants of a phase sampled, and the samples that lie in it: only those say what tenants do to each other.
// Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { TenantRun, TenantSamples, Window } from './tenants-report.ts';

/** Caches, clocks and queues find their balance after all have begun. */
const SETTLE_SHARE = 0.05;
const MOST_SETTLE_NS = 100e6;

/** A tenant whose clock is that of the others cannot have sampled before it was let go. */
const CLOCK_ERROR_NS = 1e6;

/**
 * From the latest start, and a little more, to the earliest end.
 *
 * @param runs Of all members; one that failed leaves no window, because the others were not disturbed as they should be.
 */
export function sharedWindow(runs: readonly Pick<TenantRun, 'status' | 'samples'>[]): Available<Window> {
  const spans = runs.flatMap(({ status, samples }) =>
    status === 'ok' && samples !== null ? [spanOf(samples)] : [],
  );
  if (spans.length < runs.length || spans.length === 0)
    return unavailable(`${runs.length - spans.length} of ${runs.length} tenants did not sample to their end`);
  if (spans.some(({ startNs }) => startNs < -CLOCK_ERROR_NS))
    return unavailable('a tenant sampled before it was let go: the clocks of the processes differ');
  const latestNs = Math.max(...spans.map(({ startNs }) => startNs));
  const endNs = Math.min(...spans.map((span) => span.endNs));
  const startNs = latestNs + Math.min(MOST_SETTLE_NS, SETTLE_SHARE * (endNs - latestNs));
  return endNs > startNs
    ? available({ startNs, endNs })
    : unavailable('there was no time in which all of them sampled');
}

function spanOf({ startNs, wallNs }: TenantSamples): Window {
  const last = startNs.length - 1;
  return { startNs: startNs[0] as number, endNs: (startNs[last] as number) + (wallNs[last] as number) };
}

/** The samples that lie wholly in a window. */
export function samplesWithin(samples: TenantSamples, window: Window): TenantSamples {
  const isInside = samples.startNs.map(
    (startNs, i) => startNs >= window.startNs && startNs + (samples.wallNs[i] as number) <= window.endNs,
  );
  const cut = <T>(column: readonly T[]): readonly T[] => column.filter((_, i) => isInside[i]);
  return {
    startNs: cut(samples.startNs),
    wallNs: cut(samples.wallNs),
    gpuNs: cut(samples.gpuNs),
    ledgerWallNs: cut(samples.ledgerWallNs),
    runQueueNs: cut(samples.runQueueNs),
    workersRunQueueNs: cut(samples.workersRunQueueNs),
    stealLowNs: cut(samples.stealLowNs),
    stealHighNs: cut(samples.stealHighNs),
    correctedHighNs: cut(samples.correctedHighNs),
    correctedFloorNs: cut(samples.correctedFloorNs),
  };
}

/**
 * Iterations per second of wall time, from the start of the first sample to that of the last; NaN with fewer than two.
 *
 * @param perSample Iterations from the start of one sample to that of the next.
 */
export function rateOf({ startNs }: Pick<TenantSamples, 'startNs'>, perSample: number): number {
  const spanNs = (startNs.at(-1) ?? 0) - (startNs[0] ?? 0);
  return spanNs > 0 ? ((startNs.length - 1) * perSample * 1e9) / spanNs : Number.NaN;
}
