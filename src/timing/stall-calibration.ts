// The null run of a watch: the holes that this machine's timer ticks and interrupts make on a thread that only
// spins. From them follow the threshold of a stall and the longest hole that an interrupt explains.
import { median, quantile } from './median.ts';
import { openStallRing, stallRingBytes } from './stall-ring.ts';
import { type WatchClocks, type WatchLimits, watchStalls } from './stall-watch.ts';

/** What the null run found, and the limits that follow. All in ns; plain data. */
export interface StallCalibration extends WatchLimits {
  /** A turn of the loop. */
  readonly turnNs: number;
  /** How long the null run took. */
  readonly nullRunNs: number;
  /** Holes of the null run that were charged as CPU time: timer ticks and interrupts. */
  readonly ticks: TickHoles | { readonly count: 0 };
}

/** A distribution of holes, in ns. */
export interface TickHoles {
  readonly count: number;
  readonly p50Ns: number;
  readonly p90Ns: number;
  readonly p99Ns: number;
  readonly longestNs: number;
}

/** Long enough for 50 ticks at 250 Hz, and 20 at 100 Hz. */
const NULL_RUN_NS = 200e6;
/**
 * The loop becomes machine code before anything is measured. Several watches, because what V8 compiles for one of them it
 * takes back for the next; by turns, because on a slow machine the compiler is as slow.
 */
const WARM_UPS = 4;
const WARM_UP_TURNS = 100e3;
const MOST_WARM_UP_NS = 100e6;
const WARM_UP_PERIOD_NS = 50e3;
/** More holes than any tick makes in the time; the rest is then contention and no tick. */
const MAX_HOLES = 4096;
const COST_READINGS = 64;

/** A cache miss or a page fault is no hole. */
const LEAST_HOLE_NS = 5e3;
const LEAST_HOLE_TURNS = 5;
/**
 * A hole of a millisecond is no tick, whatever the null run says: it may have been robbed too (seen: a machine without a
 * steal clock that lost a third of its time). It is left out of the statistics, and always told of.
 */
const NO_TICK_NS = 1e6;
/** On a quiet machine a few ticks in a thousand are longer than twice the 90th percentile. */
const THRESHOLD_TICKS = 2;
const LEAST_THRESHOLD_NS = 50e3;
/** Network and disk interrupts come when there is traffic, which a null run may not see. */
const INTERRUPT_TICKS = 2;
const LEAST_INTERRUPT_NS = 250e3;
const MOST_INTERRUPT_NS = 0.9 * NO_TICK_NS;
/** The ledger is renewed as often as costs 1 % of the loop's time, but not more often than once a millisecond. */
const LEAST_PERIOD_NS = 1e6;
const PERIOD_SNAPSHOTS = 100;

/**
 * Calibrates on the thread that will watch.
 *
 * @param thresholdNs Holes longer than this are stalls; a threshold below a few turns of the loop becomes that.
 */
export function calibrateStalls(clocks: WatchClocks, thresholdNs: 'auto' | number): StallCalibration {
  const turnNs = clocks.stamp.costNs;
  const leastHoleNs = Math.max(LEAST_HOLE_NS, LEAST_HOLE_TURNS * turnNs);
  const snapshotCostNs = medianSnapshotCostNs(clocks);
  const periodNs = Math.max(LEAST_PERIOD_NS, PERIOD_SNAPSHOTS * snapshotCostNs);
  const nullLimits = { leastHoleNs, thresholdNs: leastHoleNs, interruptNs: 0, snapshotCostNs, periodNs };
  for (let i = 0; i < WARM_UPS; i++) {
    const warmUpNs = Math.min(WARM_UP_TURNS * turnNs, MOST_WARM_UP_NS);
    chargedHoles(clocks, { ...nullLimits, periodNs: WARM_UP_PERIOD_NS }, warmUpNs);
  }
  const startNs = clocks.stamp.nowNs();
  const holes = chargedHoles(clocks, nullLimits, NULL_RUN_NS);
  const nullRunNs = clocks.stamp.nowNs() - startNs;
  return {
    turnNs,
    nullRunNs,
    ticks: tickHoles(holes),
    leastHoleNs,
    snapshotCostNs,
    periodNs,
    ...limitsFrom(holes, thresholdNs, leastHoleNs),
  };
}

/** The threshold and the interrupt limit, from the null run's holes. */
export function limitsFrom(
  holes: readonly number[],
  thresholdNs: 'auto' | number,
  leastHoleNs: number,
): Pick<WatchLimits, 'thresholdNs' | 'interruptNs'> {
  const ticks = holes.filter((holeNs) => holeNs < NO_TICK_NS);
  const percentile = (fraction: number): number => (ticks.length === 0 ? 0 : quantile(ticks, fraction));
  const auto = Math.max(LEAST_THRESHOLD_NS, THRESHOLD_TICKS * percentile(0.9));
  const interruptNs = Math.max(LEAST_INTERRUPT_NS, INTERRUPT_TICKS * percentile(0.99));
  return {
    thresholdNs: Math.max(
      leastHoleNs,
      thresholdNs === 'auto' ? Math.min(auto, MOST_INTERRUPT_NS) : thresholdNs,
    ),
    interruptNs: Math.min(interruptNs, MOST_INTERRUPT_NS),
  };
}

function tickHoles(holes: readonly number[]): StallCalibration['ticks'] {
  if (holes.length === 0) return { count: 0 };
  return {
    count: holes.length,
    p50Ns: median(holes),
    p90Ns: quantile(holes, 0.9),
    p99Ns: quantile(holes, 0.99),
    longestNs: quantile(holes, 1),
  };
}

/** Spins for a while and gives the holes that were charged as CPU time. */
function chargedHoles(clocks: WatchClocks, limits: WatchLimits, durationNs: number): readonly number[] {
  const ring = openStallRing(new SharedArrayBuffer(stallRingBytes(MAX_HOLES)), MAX_HOLES);
  const startNs = clocks.stamp.nowNs();
  ring.begin(startNs, startNs + durationNs);
  watchStalls(clocks, limits, ring);
  // With an interrupt limit of 0 everything that is charged as CPU time counts as unattributed.
  return ring.read().flatMap(({ cause, durationNs }) => (cause === 'unattributed' ? [durationNs] : []));
}

function medianSnapshotCostNs({ snapshot, stamp }: WatchClocks): number {
  const into = snapshot.newSnapshot();
  const costs: number[] = [];
  for (let i = 0; i < COST_READINGS; i++) {
    const startNs = stamp.nowNs();
    snapshot.take(into);
    costs.push(stamp.nowNs() - startNs);
  }
  return median(costs);
}
