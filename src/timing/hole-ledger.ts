// The ledger around a hole: snapshots of the watching thread before and after it, and from their difference where the
// hole's time went. A stall can also hit a snapshot itself; it is found by the time that the snapshot took.
import type { SnapshotClock, StampClock, ThreadSnapshot } from './clock.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { type Blocked, blockedBetween } from './segment.ts';
import { type CauseRules, causeOf, emptyHole, type Hole, STALL_CAUSES } from './stall.ts';

/** Limits in ns. */
export interface HoleLimits {
  /** Shorter ones are turns of the loop. */
  readonly leastHoleNs: number;
  /** Longer ones are stalls. */
  readonly thresholdNs: number;
  /** The longest hole that an interrupt of this machine explains. */
  readonly interruptNs: number;
  /** What a snapshot usually takes. */
  readonly snapshotCostNs: number;
}

/** Where the loop keeps its last two stamps. */
export const LAST = 0;
export const NOW = 1;

/** The ledger of one watch. Both calls take the loop's stamps and leave in `at[LAST]` the stamp to go on from. */
export interface HoleLedger {
  /** Takes a new snapshot, so that later holes are judged by what happened since. */
  renew(at: Float64Array): void;
  /** Counts the hole between the two stamps, and tells of it when it is a stall. */
  hole(at: Float64Array): void;
}

interface LedgerClocks {
  readonly stamp: StampClock;
  readonly snapshot: SnapshotClock;
  readonly verdict: TierVerdict;
}

interface HoleSink {
  countHole(durationNs: number): void;
  stall(hole: Hole): void;
}

/** Stalls that hit one snapshot after the other are one stall; a machine that never is calm must still go on. */
const MAX_SNAPSHOTS = 4;

/** Opens the ledger on the thread that watches. */
export function openHoleLedger(
  { stamp, snapshot, verdict }: LedgerClocks,
  limits: HoleLimits,
  sink: HoleSink,
): HoleLedger {
  const { thresholdNs, snapshotCostNs } = limits;
  const rules: CauseRules = {
    gapIsSteal: verdict.tier === 'A',
    gapIncludesIrq: verdict.gapIncludesIrq,
    interruptNs: limits.interruptNs,
  };
  const found = emptyHole();
  let [from, to] = [snapshot.newSnapshot(), snapshot.newSnapshot()];
  let shortHolesNs = 0;
  snapshot.take(from);

  const settle = (startNs: number, endNs: number): number => {
    let [beforeNs, afterNs, holeEndNs, blurNs] = [endNs, endNs, endNs, shortHolesNs];
    for (let taken = 0; taken < MAX_SNAPSHOTS; taken++) {
      snapshot.take(to);
      beforeNs = afterNs;
      afterNs = stamp.nowNs();
      const lostNs = afterNs - beforeNs - snapshotCostNs;
      if (lostNs <= thresholdNs) break;
      holeEndNs = beforeNs + lostNs;
      blurNs += snapshotCostNs;
    }
    found.startNs = startNs;
    found.durationNs = holeEndNs - startNs;
    if (found.durationNs > thresholdNs) {
      divide(found, from, to, snapshot);
      found.uncertaintyNs += blurNs;
      found.cause = STALL_CAUSES.indexOf(causeOf(found, blockedWithin(from, to, snapshot), rules));
      sink.countHole(found.durationNs);
      sink.stall(found);
    }
    [from, to] = [to, from];
    shortHolesNs = 0;
    return afterNs;
  };

  return {
    renew: (at) => {
      // From the loop's own stamp on, so that there is no moment in which nobody looks.
      at[LAST] = settle(at[LAST] as number, at[LAST] as number);
    },
    hole: (at) => {
      const [startNs, endNs] = [at[LAST] as number, at[NOW] as number];
      const durationNs = endNs - startNs;
      if (durationNs > thresholdNs) {
        at[LAST] = settle(startNs, endNs);
        return;
      }
      sink.countHole(durationNs);
      shortHolesNs += durationNs;
      at[LAST] = endNs;
    },
  };
}

/**
 * Divides the hole by the ledger between the snapshots around it. Outside of the hole the loop spun, so what the ledger
 * has of waiting and of W − C − R is the hole's, and the rest of the hole was charged as CPU time.
 */
function divide(hole: Hole, from: ThreadSnapshot, to: ThreadSnapshot, traits: SnapshotClock): void {
  const wallNs = to.wallNs - from.wallNs;
  const runQueueNs = to.runQueueNs - from.runQueueNs;
  const gapNs = wallNs - (to.cpuNs - from.cpuNs) - runQueueNs;
  hole.ledgerKnown = traits.runQueue.available && traits.cpuScope === 'thread';
  hole.runQueueNs = hole.ledgerKnown ? within(runQueueNs, hole.durationNs) : 0;
  hole.stealAndBlockedNs = hole.ledgerKnown ? within(gapNs, hole.durationNs) : 0;
  hole.cpuNs = hole.ledgerKnown ? Math.max(0, hole.durationNs - hole.runQueueNs - hole.stealAndBlockedNs) : 0;
  // The bound of segment(): the widths of the two snapshots and the rates of the clocks.
  hole.uncertaintyNs = hole.ledgerKnown ? (from.widthNs + to.widthNs) / 2 + traits.rateError * wallNs : 0;
}

function within(partNs: number, wholeNs: number): number {
  return Math.min(Math.max(0, partNs), wholeNs);
}

/** A thread that was never put on a CPU anew did not leave it, whatever the other threads of its process did. */
function blockedWithin(from: ThreadSnapshot, to: ThreadSnapshot, traits: SnapshotClock): Blocked {
  if (traits.runQueue.available && from.timeslices === to.timeslices) return 'no';
  return blockedBetween(from, to, traits);
}
