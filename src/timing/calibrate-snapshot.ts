// The null calibration: what this machine's snapshots cost and what they report when nothing happens.
// Runs once at start, for at most about 50 ms; its result goes into the report as it is.
import { emptyBrief, type SnapshotClock, type ThreadSnapshot, type WallClock } from './clock.ts';
import { median, quantile } from './median.ts';
import { spinNs } from './spin.ts';

/** What the null calibration found. All in ns; plain data. */
export interface SnapshotCalibration {
  readonly clock: SnapshotClock['name'];
  readonly wallClock: WallClock;
  /** Cost of one snapshot. */
  readonly costMinNs: number;
  readonly costMedianNs: number;
  /** Median cost of one brief reading. */
  readonly briefCostMedianNs: number;
  /** Median of {@link ThreadSnapshot.widthNs}. */
  readonly widthMedianNs: number;
  /** W − C − R over short windows in which the thread only computed. Its median is the bias of a segment. */
  readonly nullWindows: NullWindows | { readonly count: 0; readonly reason: string };
}

/** The distribution of W − C − R over windows that did not block. Its tail is real steal where there is any. */
export interface NullWindows {
  readonly count: number;
  readonly p01Ns: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
}

/** How to calibrate. */
export interface CalibrationOptions {
  /** Computes, without blocking, for about so long. Default: spins on performance.now. */
  readonly spin?: (durationNs: number) => void;
  /** Stops early after so much time, but not below 20 windows. Default 50 ms. */
  readonly limitNs?: number;
}

const COST_READINGS = 100;
const BRIEF_READINGS = 50;
/** The part of the time limit that the cost readings may use; the windows have the rest. */
const COST_SHARE = 0.3;
const WINDOWS = 200;
/** Fewer say nothing about a distribution: a slow machine takes the time for them beyond its limit. */
const MIN_WINDOWS = 20;
const WINDOW_NS = 50_000;
const LIMIT_NS = 50e6;

/** Calibrates a clock on the thread that opened it. */
export function calibrateSnapshot(
  clock: SnapshotClock,
  options: CalibrationOptions = {},
): SnapshotCalibration {
  const spin = options.spin ?? spinNs;
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  clock.take(from);
  const limitNs = options.limitNs ?? LIMIT_NS;
  const deadlineNs = from.wallNs + limitNs;
  const costDeadlineNs = from.wallNs + COST_SHARE * limitNs;
  const costs: number[] = [];
  const widths: number[] = [];
  for (let i = 0; i < COST_READINGS && from.wallNs < costDeadlineNs; i++) {
    clock.take(from);
    clock.take(to);
    costs.push(to.wallNs - from.wallNs);
    widths.push(from.widthNs);
  }
  return {
    clock: clock.name,
    wallClock: clock.wallClock,
    costMinNs: quantile(costs, 0),
    costMedianNs: median(costs),
    briefCostMedianNs: briefCostNs(clock),
    widthMedianNs: median(widths),
    nullWindows: nullWindows(clock, spin, deadlineNs),
  };
}

function briefCostNs(clock: SnapshotClock): number {
  const [from, to] = [emptyBrief(), emptyBrief()];
  const costs: number[] = [];
  for (let i = 0; i < BRIEF_READINGS; i++) {
    clock.takeBrief(from);
    clock.takeBrief(to);
    costs.push(to.wallNs - from.wallNs);
  }
  return median(costs);
}

function nullWindows(
  clock: SnapshotClock,
  spin: (durationNs: number) => void,
  deadlineNs: number,
): SnapshotCalibration['nullWindows'] {
  if (!clock.runQueue.available) return { count: 0, reason: clock.runQueue.reason };
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  const gaps: number[] = [];
  for (let i = 0; i < WINDOWS && (i < MIN_WINDOWS || to.wallNs < deadlineNs); i++) {
    clock.take(from);
    spin(WINDOW_NS);
    clock.take(to);
    if (to.voluntarySwitches === from.voluntarySwitches) gaps.push(gapNs(from, to));
  }
  if (gaps.length === 0)
    return { count: 0, reason: 'the thread, or another one of the process, blocked in every window' };
  return {
    count: gaps.length,
    p01Ns: quantile(gaps, 0.01),
    p50Ns: median(gaps),
    p99Ns: quantile(gaps, 0.99),
  };
}

function gapNs(from: ThreadSnapshot, to: ThreadSnapshot): number {
  return to.wallNs - from.wallNs - (to.cpuNs - from.cpuNs) - (to.runQueueNs - from.runQueueNs);
}
