// The loop that finds stalls: it reads a cheap clock over and over, and where the clock jumps it asks the thread's
// ledger where the time went. Finds silent stalls too, which no counter shows. Runs on any thread, with any clocks;
// allocates nothing while it spins, so that no garbage collection makes holes of its own.
import type { SnapshotClock, StampClock } from './clock.ts';
import { type HoleLimits, LAST, NOW, openHoleLedger } from './hole-ledger.ts';
import type { TierVerdict } from './ledger-rules.ts';
import type { Hole } from './stall.ts';

/** The clocks of the thread that watches. */
export interface WatchClocks {
  readonly stamp: StampClock;
  readonly snapshot: SnapshotClock;
  readonly verdict: TierVerdict;
}

/** What counts as a hole, as a stall and as an interrupt, all in ns. */
export interface WatchLimits extends HoleLimits {
  /** Longest age of the ledger's last snapshot: what else happened since blurs the cause of a hole. */
  readonly periodNs: number;
}

/** Receives what the loop finds. Called on the watching thread, while the loop waits. */
export interface StallSink {
  /** Any hole longer than a turn of the loop, stalls included. */
  countHole(durationNs: number): void;
  /** A hole longer than the threshold; the record is overwritten by the next one. */
  stall(hole: Hole): void;
  /** Asked once a period. */
  isOver(nowNs: number): boolean;
}

/** Watches until the sink says that it is over. Blocks the calling thread and takes all of its CPU. */
export function watchStalls(clocks: WatchClocks, limits: WatchLimits, sink: StallSink): void {
  const { stamp } = clocks;
  const { leastHoleNs, periodNs } = limits;
  const ledger = openHoleLedger(clocks, limits, sink);
  // Numbers that cross a call are boxed by V8, in a loop like this one at every turn; in a typed array they are not.
  const at = new Float64Array(2);
  const renewal = new Float64Array(1);
  at[LAST] = stamp.nowNs();
  ledger.renew(at);
  for (;;) {
    at[NOW] = stamp.nowNs();
    if ((at[NOW] as number) - (at[LAST] as number) > leastHoleNs) ledger.hole(at);
    else at[LAST] = at[NOW] as number;
    if ((at[NOW] as number) < (renewal[0] as number)) continue;
    if (sink.isOver(at[NOW] as number)) return;
    ledger.renew(at);
    renewal[0] = (at[NOW] as number) + periodNs;
  }
}
