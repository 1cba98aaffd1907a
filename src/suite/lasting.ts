// Cases that are about time itself: for how long they are sampled, and how much longer they may therefore take.
import { GuestmarkError } from '../base/errors.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';

/**
 * For how long a case is sampled, in ns; null where the spread of its samples decides.
 *
 * @throws GuestmarkError (usage) where the benchmark gives no length of time.
 */
export function lastsNsOf({ id, benchmark, axes }: Case): number | null {
  if (benchmark.lastsNs === undefined) return null;
  const lastsNs: unknown = callBenchmark(id, 'lastsNs()', () => benchmark.lastsNs?.(axes));
  if (typeof lastsNs === 'number' && Number.isFinite(lastsNs) && lastsNs > 0) return lastsNs;
  throw new GuestmarkError('usage', `Cannot run ${id}: lastsNs() gives ${String(lastsNs)}`, {
    hint: 'return a number of nanoseconds above 0',
  });
}

/** How long a case may take, in ns: what the run grants to every case, and the time for which this one is sampled besides. */
export function caseLimitNs(one: Case, timeoutNs: number): number {
  try {
    return timeoutNs + (lastsNsOf(one) ?? 0);
  } catch {
    // Said where the case is sampled.
    return timeoutNs;
  }
}
