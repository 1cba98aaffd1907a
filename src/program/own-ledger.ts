// This process's own part in the wall time of a program: starting it, and noticing its end. Nothing else runs then, so
// what was stolen from this thread delayed the program as well.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { Libc } from '../timing/libc.ts';
import { openThreadSchedstat, type Schedstat } from '../timing/thread-schedstat.ts';
import type { FollowClocks } from './follow-program.ts';

/** This thread at one instant. */
export interface OwnReading {
  /** CLOCK_MONOTONIC. */
  readonly atNs: number;
  /** The CPU that it is on; -1 where that is not known. */
  readonly cpu: number;
  /** CPU time and run-queue wait together. */
  readonly usedNs: number;
}

/** Reads this thread's clocks. */
export interface OwnLedger extends Disposable {
  read(): OwnReading;
}

/** Opens the ledger of the calling thread; unavailable where its run-queue wait is not readable. */
export function openOwnLedger(
  libc: Pick<Libc, 'schedGetcpu'>,
  { monotonicNs, threadCpuNs }: Pick<FollowClocks, 'monotonicNs' | 'threadCpuNs'>,
): Available<OwnLedger> {
  return mapAvailable(openThreadSchedstat(), (schedstat) => {
    const into: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
    return {
      read: () => {
        schedstat.read(into);
        return { atNs: monotonicNs(), cpu: libc.schedGetcpu(), usedNs: threadCpuNs() + into.runQueueNs };
      },
      [Symbol.dispose]: () => schedstat[Symbol.dispose](),
    };
  });
}

/** What this thread used while it started the program, and from its last look on. */
export interface OwnParts {
  readonly start: OwnReading;
  /** Behind the call that started the program. */
  readonly started: OwnReading;
  /** Before the last look, and before the sleep behind it. */
  readonly lastLook: OwnReading;
  readonly lastWait: OwnReading;
  readonly end: OwnReading;
}

/** A wake-up from deep sleep of a CPU, and the tail of a thread behind the record of its end. Both happen twice. */
const WAKE_UP_NS = 1e6;

/** Bounds in ns. */
export interface OwnSteal {
  readonly lowNs: number;
  readonly highNs: number;
}

/** When the program ran, CLOCK_MONOTONIC, and how long its main thread waited for a CPU around that, in ns. */
export interface ProgramSpan {
  readonly firstInNs: number;
  readonly processEndNs: number;
  /** Until the first look. */
  readonly startRunQueueNs: number;
  /** Since the last look at the running program. */
  readonly endRunQueueNs: number;
  readonly runQueueNs: number;
}

/**
 * Steal from this thread on the program's critical path: before the program's first instant on a CPU, and behind the
 * end of its last thread. Low is W − C − R of the two parts (what was used before or behind them only lowers it), high is
 * their length. R is that of this thread and of the program's main thread: while the one is in the call that starts the
 * other, it sleeps until that one has had its first CPU.
 */
export function criticalOwnSteal(parts: OwnParts, program: ProgramSpan): OwnSteal {
  const { start, started, lastLook, lastWait, end } = parts;
  const { firstInNs, processEndNs } = program;
  const endedInWait = processEndNs >= lastWait.atNs;
  const since = endedInWait ? lastWait : lastLook;
  const startNs = firstInNs - start.atNs;
  const endNs = end.atNs - processEndNs;
  const startUsedNs = started.usedNs - start.usedNs + program.startRunQueueNs;
  const endUsedNs = end.usedNs - since.usedNs + (endedInWait ? program.endRunQueueNs : program.runQueueNs);
  const surely = (lengthNs: number, usedNs: number): number => Math.max(0, lengthNs - usedNs - WAKE_UP_NS);
  return {
    lowNs: surely(startNs, startUsedNs) + surely(endNs, endUsedNs),
    highNs: Math.max(0, startNs) + Math.max(0, endNs),
  };
}
