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

/**
 * Steal from this thread on the program's critical path: before the program's first instant on a CPU, and behind the
 * end of its last thread. Low is W − C − R of the two parts (what was used before or behind them only lowers it), high is
 * their length.
 *
 * @param firstInNs CLOCK_MONOTONIC, like the others.
 */
export function criticalOwnSteal(parts: OwnParts, firstInNs: number, processEndNs: number): OwnSteal {
  const { start, started, lastLook, lastWait, end } = parts;
  const since = processEndNs >= lastWait.atNs ? lastWait : lastLook;
  const startNs = firstInNs - start.atNs;
  const endNs = end.atNs - processEndNs;
  const surely = (lengthNs: number, usedNs: number): number => Math.max(0, lengthNs - usedNs - WAKE_UP_NS);
  return {
    lowNs: surely(startNs, started.usedNs - start.usedNs) + surely(endNs, end.usedNs - since.usedNs),
    highNs: Math.max(0, startNs) + Math.max(0, endNs),
  };
}
