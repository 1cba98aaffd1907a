// What a measured piece of work took, from two snapshots and the counters around it: the arithmetic behind measure().
// Pure, so that it can be tried on simulated threads whose steal is known; measure.ts does the reading.
import {
  type Available,
  available,
  mapAvailable,
  unavailable,
  valueOrUndefined,
} from '../base/availability.ts';
import type { OffCpuEvidence } from './blocked-split.ts';
import { boundSteal, type CaseSteal } from './case-steal.ts';
import type { ClockTraits, ThreadSnapshot } from './clock.ts';
import type { Tier, TierVerdict } from './ledger-rules.ts';
import { mostStealNs, type Segment, segment } from './segment.ts';
import { throttledWithin } from './throttling.ts';

/** Something that the reader of a measurement should know. */
export interface MeasureWarning {
  readonly code:
    | 'clock-fallback'
    | 'steal-sources-disagree'
    | 'ledger-violation'
    | 'awaited'
    | 'steal-unknown';
  readonly message: string;
}

/** The steal that hit the thread, in ns: between `lowNs` and `highNs`. */
export interface StealInterval {
  readonly lowNs: number;
  readonly highNs: number;
}

/** Between these two, in ns. */
export interface WallInterval {
  readonly lowNs: number;
  readonly highNs: number;
}

/** The CPUs on which the work began and ended: by numbers, or −1 where the system does not say. */
export interface SeenCpus {
  readonly start: number;
  readonly end: number;
  /** The thread could run on one CPU only. Otherwise it may have been on others in between. */
  readonly pinned: boolean;
}

/**
 * What a piece of work took. Durations in ns.
 *
 * For work that returns a promise the span lasts until it settles, and the ledger is still that of the calling
 * thread: the time in which it slept is in `blockedNs`, other callbacks of the event loop are in `cpuNs`, and what
 * other threads did for the work is not in it at all.
 */
export interface Measurement<T> {
  readonly value: T;
  /** W: wall time, by CLOCK_MONOTONIC_RAW where koffi is there and CLOCK_MONOTONIC otherwise. */
  readonly wallNs: number;
  /** C: CPU time of the thread. In tier B it contains the steal. */
  readonly cpuNs: Available<number>;
  /** R: runnable but waiting for a CPU, throttling included. */
  readonly runQueueNs: Available<number>;
  /**
   * The part of `runQueueNs` in which a CPU quota held the thread back: at most what the control groups of the
   * process were throttled for, whose other threads may have been held back instead. The kernel counts a pause when
   * it ends.
   */
  readonly throttledNs: Available<number>;
  /** S + B = W − C − R, an identity; may be negative by less than `boundNs`. */
  readonly stealAndBlockedNs: Available<number>;
  /** B: asleep, stopped or waiting for something other than a CPU. Exactly 0 where the thread did not block. */
  readonly blockedNs: Available<number>;
  /** S: what the hypervisor took from the thread. Its lower end is what the scheduler charged, its upper end what can be. */
  readonly stealNs: Available<StealInterval>;
  /**
   * The wall time without steal. `[W − min(S high, W), W − S low]` for synchronous work that never blocked; where
   * the work waited, steal may be hidden behind what it waited for, and the upper end is W.
   */
  readonly correctedWallNs: Available<WallInterval>;
  readonly cpu: SeenCpus;
  readonly tier: Tier;
  /** Error of `stealAndBlockedNs`: (w0 + w1) / 2 + ρ·W. */
  readonly boundNs: number;
  /** What measuring adds to `wallNs`: the time between two snapshots with nothing in between. Not subtracted. */
  readonly overheadNs: number;
  readonly warnings: readonly MeasureWarning[];
}

/** Everything that was read around a piece of work. */
export interface Readings {
  readonly from: ThreadSnapshot;
  readonly to: ThreadSnapshot;
  readonly traits: ClockTraits;
  readonly verdict: TierVerdict;
  /** The context switches of the thread between the snapshots, or why they were not recorded. */
  readonly offCpu: Available<OffCpuEvidence>;
  /** Steal of the CPUs on which the thread may run; asked for in tiers A and B only. */
  readonly countedSteal: () => Available<CaseSteal>;
  /** For how long the control groups of this process were throttled. */
  readonly throttledNs: Available<number>;
  /** The work returned a promise. */
  readonly awaited: boolean;
  readonly pinned: boolean;
  readonly overheadNs: number;
  /** Why the clock is not the precise one. */
  readonly fallbackReason?: string;
}

/** Turns readings into a measurement. */
export function describeMeasurement<T>(value: T, readings: Readings): Measurement<T> {
  const { from, to, traits, verdict, offCpu, awaited, pinned, overheadNs } = readings;
  const part = segment(from, to, traits, verdict, valueOrUndefined(offCpu));
  const steal = stealOver(part, verdict, readings.countedSteal);
  return {
    value,
    wallNs: part.wallNs,
    cpuNs: part.cpuNs,
    runQueueNs: part.runQueueNs,
    throttledNs: throttledPart(part, readings.throttledNs),
    stealAndBlockedNs: part.stealAndBlockedNs,
    blockedNs: blockedWithin(part, offCpu),
    stealNs: mapAvailable(steal, ({ lowNs, highNs }) => ({ lowNs, highNs })),
    correctedWallNs: mapAvailable(steal, (bounds) => correctedWall(part, bounds, awaited)),
    cpu: { start: from.cpu, end: to.cpu, pinned },
    tier: verdict.tier,
    boundNs: part.boundNs,
    overheadNs,
    warnings: warningsOf(readings, part, steal),
  };
}

/** A segment only knows that no switches were given to it, and not why. */
function blockedWithin({ blockedNs }: Segment, offCpu: Available<OffCpuEvidence>): Available<number> {
  return blockedNs.available || offCpu.available
    ? blockedNs
    : unavailable(`${blockedNs.reason} (${offCpu.reason})`);
}

/** T = min(R, what the control groups were throttled for). */
function throttledPart({ runQueueNs }: Segment, countedNs: Available<number>): Available<number> {
  if (!countedNs.available) return countedNs;
  if (!runQueueNs.available) return runQueueNs;
  const split = throttledWithin(0, countedNs.value, runQueueNs.value);
  return mapAvailable(split, ({ throttledNs }) => throttledNs);
}

/**
 * The wall time without steal. Steal in a span without waiting made it longer by just so much. Steal in a span
 * with waiting need not have: what the thread waited for went on meanwhile, and no clock tells which it was.
 */
function correctedWall({ wallNs, blocked }: Segment, steal: StealInterval, awaited: boolean): WallInterval {
  const lowNs = wallNs - Math.min(steal.highNs, wallNs);
  const waited = awaited || blocked !== 'no';
  return { lowNs, highNs: waited ? wallNs : Math.max(lowNs, wallNs - steal.lowNs) };
}

type StealOver = Available<StealInterval & { readonly disagree: boolean }>;

/** Tiers A and B have an upper bound from /proc/stat; the others have what the segment says. */
function stealOver(
  part: Segment,
  { tier }: TierVerdict,
  countedSteal: () => Available<CaseSteal>,
): StealOver {
  const within = part.stealNs;
  if (!within.available) return within;
  const { lowNs, highNs } = within.value;
  if (tier === 'E') return available({ lowNs, highNs, disagree: false });
  const steal = countedSteal();
  const ceilingNs = steal.available ? steal.value.ceilingNs : steal;
  return mapAvailable(mostStealNs(part), (mostNs) =>
    boundSteal(lowNs, mostNs, ceilingNs.available ? ceilingNs.value : Number.POSITIVE_INFINITY),
  );
}

const DISAGREE = 'the thread was charged more steal than /proc/stat counted on its CPUs';
const AWAITED =
  'the work was awaited: time asleep is blocked time, and steal may be hidden behind what was awaited';

function warningsOf(
  { fallbackReason, awaited }: Readings,
  part: Segment,
  steal: StealOver,
): readonly MeasureWarning[] {
  return [
    ...(fallbackReason === undefined
      ? []
      : [warning('clock-fallback', `the pure-Node clock is used: ${fallbackReason}`)]),
    ...(awaited ? [warning('awaited', AWAITED)] : []),
    ...(part.violation === undefined ? [] : [warning('ledger-violation', part.violation)]),
    ...(steal.available ? [] : [warning('steal-unknown', steal.reason)]),
    ...(steal.available && steal.value.disagree ? [warning('steal-sources-disagree', DISAGREE)] : []),
  ];
}

function warning(code: MeasureWarning['code'], message: string): MeasureWarning {
  return { code, message };
}
