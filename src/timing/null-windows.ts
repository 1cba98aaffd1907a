// What the ledger reports when nothing happens: W − C − R over many windows in which the thread only computes. Its
// median is the error of the clocks, its tail is steal where there is any. Longer and better looked at than the
// calibration at the start of a run (calibrate-snapshot.ts), which has 50 ms for it.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SnapshotClock, ThreadSnapshot } from './clock.ts';
import type { ClockDrift } from './clock-drift.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { median, quantile } from './median.ts';
import { type Segment, segment } from './segment.ts';
import { spinNs } from './spin.ts';

/** The distribution of W − C − R over windows in which the thread did not block. Plain data, in ns. */
export interface NullDistribution {
  readonly p01Ns: number;
  readonly p10Ns: number;
  readonly p50Ns: number;
  readonly p90Ns: number;
  readonly p99Ns: number;
  /** The median of |W − C − R|: how wrong the ledger of a typical window is. */
  readonly absoluteMedianNs: number;
  /** The median of what the ledger itself states as its error. */
  readonly boundMedianNs: number;
}

/** The null windows of one snapshot clock. Plain data. */
export interface NullSurvey {
  readonly clock: SnapshotClock['name'];
  readonly wallClock: SnapshotClock['wallClock'];
  readonly windowNs: number;
  readonly windows: number;
  /** Windows in which the thread blocked, or another thread of the process did where only its count is known. */
  readonly blockedWindows: number;
  /** Windows in which the thread waited for a CPU: they are in the distribution, because R is in its formula. */
  readonly waitedWindows: number;
  readonly distribution: Available<NullDistribution>;
  /**
   * The wall clock against the scheduler's, over the longest stretch of windows that closed within their bounds.
   * Steal that is too small to be seen in a window counts as drift.
   */
  readonly schedulerDrift: Available<ClockDrift>;
}

/** How to survey. */
export interface NullSurveyOptions {
  /** Default 1000. */
  readonly windows?: number;
  /** Default 1 ms. */
  readonly windowNs?: number;
  /** Ends early after so much time, but not below 100 windows: on a busy machine a window of 1 ms takes several. */
  readonly limitNs?: number;
  /** Computes, without blocking, for about so long. Default: spins on performance.now. */
  readonly spin?: (durationNs: number) => void;
}

interface Window {
  readonly from: ThreadSnapshot;
  readonly to: ThreadSnapshot;
}

/** Takes null windows with a clock of the calling thread. */
export function surveyNullWindows(
  clock: SnapshotClock,
  verdict: TierVerdict,
  options: NullSurveyOptions = {},
): NullSurvey {
  const { windowNs = 1e6 } = options;
  const taken = takeWindows(clock, { ...options, windowNs });
  const parts = taken.map(({ from, to }) => segment(from, to, clock, verdict));
  const unblocked = parts.filter(({ blocked }) => blocked === 'no');
  const waited = taken.filter(({ from, to }) => to.runQueueNs > from.runQueueNs);
  return {
    clock: clock.name,
    wallClock: clock.wallClock,
    windowNs,
    windows: taken.length,
    blockedWindows: parts.length - unblocked.length,
    waitedWindows: waited.length,
    distribution: distributionOf(unblocked),
    schedulerDrift: driftOver(longestClosed(taken, parts), (from, to) => segment(from, to, clock, verdict)),
  };
}

/** Windows after which the code of a snapshot is compiled. */
const WARM_UP_WINDOWS = 50;
const WARM_UP_NS = 2e4;

const MIN_WINDOWS = 100;

/** All records are made before, so that nothing allocates between two windows. */
function takeWindows(
  clock: SnapshotClock,
  {
    windows = 1000,
    windowNs,
    limitNs = Number.POSITIVE_INFINITY,
    spin = spinNs,
  }: NullSurveyOptions & { readonly windowNs: number },
): readonly Window[] {
  const records = Array.from({ length: windows }, () => ({
    from: clock.newSnapshot(),
    to: clock.newSnapshot(),
  }));
  const start = clock.newSnapshot();
  for (let i = 0; i < WARM_UP_WINDOWS; i++) {
    clock.take(start);
    spin(WARM_UP_NS);
  }
  let taken = 0;
  for (const { from, to } of records) {
    clock.take(from);
    spin(windowNs);
    clock.take(to);
    taken++;
    if (to.wallNs - start.wallNs > limitNs && taken >= MIN_WINDOWS) break;
  }
  return records.slice(0, taken);
}

function distributionOf(unblocked: readonly Segment[]): Available<NullDistribution> {
  const gaps: number[] = [];
  for (const { stealAndBlockedNs } of unblocked) {
    if (!stealAndBlockedNs.available) return stealAndBlockedNs;
    gaps.push(stealAndBlockedNs.value);
  }
  if (gaps.length === 0)
    return unavailable('the thread, or another one of the process, blocked in every window');
  return available({
    p01Ns: quantile(gaps, 0.01),
    p10Ns: quantile(gaps, 0.1),
    p50Ns: median(gaps),
    p90Ns: quantile(gaps, 0.9),
    p99Ns: quantile(gaps, 0.99),
    absoluteMedianNs: median(gaps.map(Math.abs)),
    boundMedianNs: median(unblocked.map(({ boundNs }) => boundNs)),
  });
}

/** A window without steal: the thread did not block, and what is left of the wall time is within the bound. */
function isClosed({ blocked, stealAndBlockedNs, boundNs }: Segment): boolean {
  return blocked === 'no' && stealAndBlockedNs.available && Math.abs(stealAndBlockedNs.value) <= boundNs;
}

/** The longest stretch of windows that closed, one behind the other, with no block between two of them. */
function longestClosed(taken: readonly Window[], parts: readonly Segment[]): readonly Window[] {
  let [longest, current]: [Window[], Window[]] = [[], []];
  taken.forEach((window, index) => {
    const before = current.at(-1);
    const goesOn = before?.to.voluntarySwitches === window.from.voluntarySwitches;
    current = isClosed(parts[index] as Segment) ? [...(goesOn ? current : []), window] : [];
    if (current.length > longest.length) longest = current;
  });
  return longest;
}

function driftOver(
  stretch: readonly Window[],
  segmentOf: (from: ThreadSnapshot, to: ThreadSnapshot) => Segment,
): Available<ClockDrift> {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined) return unavailable('no window closed within its bound');
  const { wallNs, stealAndBlockedNs } = segmentOf(first.from, last.to);
  if (!stealAndBlockedNs.available) return stealAndBlockedNs;
  const readingNs = (first.from.widthNs + last.to.widthNs) / 2;
  return available({
    ppm: (stealAndBlockedNs.value / wallNs) * 1e6,
    boundPpm: (readingNs / wallNs) * 1e6,
    spanNs: wallNs,
  });
}
