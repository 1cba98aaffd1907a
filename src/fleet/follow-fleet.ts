// Waits until nothing more comes of a fleet: looks again and again, first often, then less so. Knows neither Slurm nor files: how one
// looks is given.

/** What a look finds. */
export interface Look {
  /** Tasks of which something may still come. */
  readonly open: number;
  /** Those of them that wait for what does not come by itself. */
  readonly stuck: number;
}

/** How long is waited, in milliseconds. */
export interface FollowLimits {
  /** Between looks at last. */
  readonly pollMs: number;
  /** In all; infinite where there is no limit. */
  readonly waitMs: number;
  /** While all that is open is stuck. */
  readonly stuckMs: number;
  /** While the engine does not answer. */
  readonly silenceMs: number;
}

/** Why it was not waited any longer. */
export type FollowEnd = 'ended' | 'stuck' | 'limit' | 'silent' | 'interrupted';

/** Time, so that a test need not wait. */
export interface FollowClock {
  readonly nowMs: () => number;
  /** Ends early when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_POLL_MS = 500;
const SLOWER = 1.5;

/**
 * Looks until nothing is open, or a limit is reached.
 *
 * @param look Null where the engine did not answer.
 */
export async function followFleet(
  look: () => Promise<Look | null>,
  limits: FollowLimits,
  signal: AbortSignal,
  clock: FollowClock,
): Promise<FollowEnd> {
  const startMs = clock.nowMs();
  let [heardMs, movingMs, pollMs] = [startMs, startMs, Math.min(FIRST_POLL_MS, limits.pollMs)];
  while (!signal.aborted) {
    const seen = await look();
    const nowMs = clock.nowMs();
    if (seen !== null) heardMs = nowMs;
    if (seen?.open === 0) return 'ended';
    if (seen === null || seen.stuck < seen.open) movingMs = nowMs;
    if (nowMs - movingMs >= limits.stuckMs) return 'stuck';
    if (nowMs - heardMs >= limits.silenceMs) return 'silent';
    if (nowMs - startMs >= limits.waitMs) return 'limit';
    await clock.sleep(Math.min(pollMs, startMs + limits.waitMs - nowMs), signal);
    pollMs = Math.min(pollMs * SLOWER, limits.pollMs);
  }
  return 'interrupted';
}
