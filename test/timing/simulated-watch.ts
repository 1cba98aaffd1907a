// A watch over a simulated thread: every look at the clock lets a turn pass, and at set times something happens to the
// thread. The truth is known, and no real time passes.

import type { TierVerdict } from '../../src/timing/ledger-rules.ts';
import {
  type SimulatedThread,
  type SimulatedThreadOptions,
  simulateThread,
} from '../../src/timing/snapshot-simulated.ts';
import { emptyHole, type Stall, stallOf } from '../../src/timing/stall.ts';
import {
  type StallSink,
  type WatchClocks,
  type WatchLimits,
  watchStalls,
} from '../../src/timing/stall-watch.ts';
import { verdictA } from './verdicts.ts';

export const TURN_NS = 100;

/** What happens to the thread, at which time. */
export interface Event {
  readonly atNs: number;
  readonly happens: (thread: SimulatedThread) => void;
}

export interface SimulatedWatch {
  readonly thread?: SimulatedThreadOptions;
  readonly verdict?: TierVerdict;
  readonly limits?: Partial<WatchLimits>;
  readonly durationNs?: number;
  /** In ascending order of time. */
  readonly events: readonly Event[];
  /** Happens once, while the sink is asked whether it is over. */
  readonly whenAsked?: Event['happens'];
}

export const LIMITS: WatchLimits = {
  leastHoleNs: 5 * TURN_NS,
  thresholdNs: 100e3,
  interruptNs: 250e3,
  snapshotCostNs: 0,
  periodNs: 1e6,
};

/** Everything that a watch finds. */
export interface FoundStalls {
  readonly stalls: readonly Stall[];
  readonly holes: readonly number[];
}

/** Clocks of a thread to which the events happen, each when the clock is looked at next. */
export function simulatedClocks({
  thread: how,
  verdict = verdictA,
  events,
}: SimulatedWatch): WatchClocks & { readonly thread: SimulatedThread } {
  const thread = simulateThread(how);
  let next = 0;
  const nowNs = (): number => {
    thread.run(TURN_NS);
    for (; (events[next]?.atNs ?? Number.POSITIVE_INFINITY) <= thread.stamps.nowNs(); next++) {
      (events[next] as Event).happens(thread);
    }
    return thread.stamps.nowNs();
  };
  return { stamp: { ...thread.stamps, costNs: TURN_NS, nowNs }, snapshot: thread.clock, verdict, thread };
}

/** Watches the simulated thread to the end. */
export function watchSimulated(watch: SimulatedWatch): FoundStalls {
  const stalls: Stall[] = [];
  const holes: number[] = [];
  const endNs = watch.durationNs ?? 20e6;
  const clocks = simulatedClocks(watch);
  let asked = 0;
  const sink: StallSink = {
    countHole: (durationNs) => holes.push(durationNs),
    stall: (hole) => stalls.push(stallOf({ ...emptyHole(), ...hole })),
    isOver: (nowNs) => {
      if (asked++ === 0) watch.whenAsked?.(clocks.thread);
      return nowNs >= endNs;
    },
  };
  watchStalls(clocks, { ...LIMITS, ...watch.limits }, sink);
  return { stalls, holes };
}
