// Whether a device that could not be opened is tried again. One that was reset or lost comes back within seconds, and a run of
// hours must not lose its further runs to that; one that never could be opened is not waited for. Knows no process.
import { setTimeout as sleep } from 'node:timers/promises';

/** A reset of a GPU takes about a second; a driver that loads its firmware anew some seconds. */
const PAUSES_MS: readonly number[] = [1000, 5000];

/** Attempts at one device, as long as it does not open. */
export interface Reopening {
  /** The device was opened: the next failure begins anew. */
  succeeded(): void;
  /**
   * Waits before another attempt.
   *
   * @returns Whether there is to be one; not after the last pause, nor when the user asks to stop.
   */
  again(): Promise<boolean>;
}

/** @param pausesMs Before each further attempt; default 1 s, then 5 s. */
export function reopening(signal: AbortSignal, pausesMs: readonly number[] = PAUSES_MS): Reopening {
  let attempt = 0;
  return {
    succeeded: () => {
      attempt = 0;
    },
    again: async () => {
      const pauseMs = pausesMs[attempt++];
      if (pauseMs === undefined) return false;
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      return !signal.aborted;
    },
  };
}
