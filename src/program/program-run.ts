// What one run of a program gave: the figures of `guestmark time`. Types only, plain data for the report; durations
// in ns.
import type { Available } from '../base/availability.ts';
import type { CpuStealDelta } from '../timing/case-steal.ts';

/** Bounds, and what they rest on. */
export interface BoundedNs {
  readonly lowNs: number;
  readonly highNs: number;
  readonly reason: string;
}

/** How completely the threads were followed. */
export interface ThreadsRecord {
  /** Threads that were met: of the program and of all its descendants that could be seen. */
  readonly seen: number;
  /** Every context switch of every thread was recorded by the kernel. */
  readonly exact: boolean;
  /** Threads that ended between two looks, whose last wait for a CPU is not known. */
  readonly lost: number;
  /** The most run-queue wait that is missing for this reason. */
  readonly lostRunQueueNs: Available<number>;
  /** Threads that went on when the program had ended. */
  readonly leftRunning: number;
}

/** One run. */
export interface ProgramRun {
  /** CLOCK_MONOTONIC, absolute: just before the program was started, and when its end was noticed. */
  readonly startNs: number;
  readonly endNs: number;
  /** The same span by CLOCK_MONOTONIC_RAW. */
  readonly wallNs: number;
  /** Of the program and its descendants: those that were waited for, and those that go on. */
  readonly userNs: number;
  readonly systemNs: number;
  readonly cpuNs: number;
  /** In tier B, and perhaps in C, `cpuNs` contains steal. */
  readonly cpuIncludesSteal: boolean;
  /** Waiting for a CPU, summed over the threads; throttling by a quota is part of it. */
  readonly runQueueNs: Available<number>;
  /** The part of `runQueueNs` that a CPU quota caused, at most. */
  readonly throttledNs: Available<number>;
  /** The main thread's time asleep. */
  readonly blockedNs: Available<number>;
  /** wall − CPU − run-queue wait of the main thread: asleep or stolen. */
  readonly stealAndBlockedNs: Available<number>;
  readonly stealNs: Available<BoundedNs>;
  /** The wall time without the steal that delayed the end. */
  readonly correctedWallNs: Available<BoundedNs>;
  /** Steal of the CPUs by /proc/stat. */
  readonly stat: Available<{ readonly perCpuNs: readonly CpuStealDelta[]; readonly tickNs: number }>;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly threads: ThreadsRecord;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
  /** Of the largest process. Not known below what guestmark itself had at the start, which the child inherits. */
  readonly maxRssBytes: Available<number>;
  /** guestmark's own part: how often it looked at the threads, and its CPU time meanwhile. */
  readonly looks: { readonly count: number; readonly cpuNs: number };
}
