// The contracts of the timing layer: what a snapshot of a thread holds, and what every clock must do.
// Knows no source of time; src/timing/snapshot-*.ts are the implementations, and one contract test
// runs on all of them.
import type { Available } from '../base/availability.ts';

/**
 * All clocks of the calling thread at one instant. Preallocated and overwritten in place, so that a
 * timed loop allocates nothing. What a clock cannot know stays 0 here and is declared on the clock
 * ({@link ClockTraits}); `segment()` turns it into `{ available: false }` and never into a number.
 */
export interface ThreadSnapshot {
  /** Wall clock in ns since the clock's epoch, half-way between the two reads that enclose `cpuNs`. */
  wallNs: number;
  /** CPU time of the thread in ns (of the process where `cpuScope` says so). */
  cpuNs: number;
  /** Total time in ns that the thread was runnable and waited for a CPU (run_delay). */
  runQueueNs: number;
  /** How often the thread was put on a CPU. */
  timeslices: number;
  /** Context switches by which the thread gave up its CPU: it blocked. See `switchScope`. */
  voluntarySwitches: number;
  /** Context switches forced on the thread. See `switchScope`. */
  involuntarySwitches: number;
  /** What the instant is uncertain by, in ns: `cpuNs` and `runQueueNs` belong to `wallNs` ± half of it. */
  widthNs: number;
  /** Readings taken until one was kept, 1 to 8. */
  attempts: number;
  /** The CPU on which the reading ended, or −1 where that is not known. */
  cpu: number;
}

/**
 * What can be read of the thread in the middle of a sample, in about a microsecond: enough to tell the CPU time
 * of submitting from that of waiting. Overwritten in place.
 */
export interface BriefReading {
  /** As in {@link ThreadSnapshot}. */
  wallNs: number;
  cpuNs: number;
  voluntarySwitches: number;
  widthNs: number;
}

/** The wall clock that a clock reads. CLOCK_MONOTONIC contains the slew of the time daemon. */
export type WallClock = 'CLOCK_MONOTONIC_RAW' | 'CLOCK_MONOTONIC';

/** What a clock measures and how well: what `segment()` must know to interpret two snapshots. */
export interface ClockTraits {
  readonly wallClock: WallClock;
  /** Largest relative difference between the wall clock and the scheduler's clock (ρ of the error bound). */
  readonly rateError: number;
  /** `process`: CPU time of all threads, where the system does not give it for one. */
  readonly cpuScope: 'thread' | 'process';
  /**
   * `thread`: the switch counts are the thread's own. `process`: of all threads, so an unchanged count
   * proves that the thread did not block, and a changed one proves nothing.
   */
  readonly switchScope: 'thread' | 'process';
  /** The source of `runQueueNs` and `timeslices`, or why they are not known (they then stay 0). */
  readonly runQueue: Available<string>;
}

/** Takes snapshots of the thread that opened it; of no other. */
export interface SnapshotClock extends ClockTraits, Disposable {
  readonly name: 'koffi' | 'pure-node' | 'simulated';
  /** A record for {@link SnapshotClock.take} to fill. */
  newSnapshot(): ThreadSnapshot;
  /** Overwrites `into` with the clocks of the calling thread. */
  take(into: ThreadSnapshot): void;
  /** Overwrites `into`; one reading, kept whatever its width. */
  takeBrief(into: BriefReading): void;
}

/** A cheap time stamp, for the instants inside a sample (before submit, after submit, after wait). */
export interface StampClock {
  readonly name: WallClock;
  /** The second that counts as 0. Stamps of two clocks are comparable when name and epoch are equal. */
  readonly epochSeconds: number;
  /** Least cost of one stamp in ns, measured at opening. */
  readonly costNs: number;
  /** The time in ns since the epoch. */
  nowNs(): number;
  /** Places a raw reading of the same clock in ns, such as one of vkGetCalibratedTimestamps, on the same scale. */
  toNs(raw: bigint): number;
}

/** A snapshot record with nothing in it yet. */
export function emptySnapshot(): ThreadSnapshot {
  return {
    wallNs: 0,
    cpuNs: 0,
    runQueueNs: 0,
    timeslices: 0,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
    widthNs: 0,
    attempts: 0,
    cpu: -1,
  };
}

/** A brief record with nothing in it yet. */
export function emptyBrief(): BriefReading {
  return { wallNs: 0, cpuNs: 0, voluntarySwitches: 0, widthNs: 0 };
}

/**
 * ρ per wall clock. RAW: at most 0.1 ppm was measured against the scheduler's clock over 40 s. MONOTONIC
 * follows adjtimex, whose frequency correction the kernel limits to 500 ppm.
 */
export const RATE_ERROR: Readonly<Record<WallClock, number>> = {
  CLOCK_MONOTONIC_RAW: 1e-7,
  CLOCK_MONOTONIC: 5e-4,
};
