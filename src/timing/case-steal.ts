// The upper bound of steal over a case: what /proc/stat says the hypervisor took from the CPUs on which
// the thread may have run. Combines it with the segments' lower bound and says when the two disagree.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CpuSteal } from './cpu-steal.ts';

/** Steal of one CPU between two readings of /proc/stat. */
export interface CpuStealDelta {
  readonly cpu: number;
  /** In ns, a multiple of the tick; unavailable when the CPU was not online at both readings. */
  readonly deltaNs: Available<number>;
  /** The counter ran backwards (seen on old kernels); the delta is then clamped to 0 and bounds nothing. */
  readonly ranBackwards: boolean;
}

/** Steal of the CPUs over a case. Plain data for the report. */
export interface CaseSteal {
  readonly perCpu: readonly CpuStealDelta[];
  readonly tickNs: number;
  /**
   * No more than this was stolen from a thread confined to the CPUs of {@link CaseSteal.perCpu}: the sum over
   * them plus one tick each, because the counters are shown rounded down.
   */
  readonly ceilingNs: Available<number>;
}

/**
 * Steal over a case. Read `before` ahead of the first segment and `after` at least one timer tick behind the
 * last: the kernel books steal at ticks, and reading late only widens the bound.
 *
 * @param cpus The CPUs on which the thread may run; where that is not known, all of them.
 */
export function caseSteal(
  before: CpuSteal,
  after: CpuSteal,
  tickNs: number,
  cpus: readonly number[] = [...new Set([...before.keys(), ...after.keys()])],
): CaseSteal {
  // An affinity mask may name CPUs that are not there at all; no thread runs on those.
  const present = cpus.filter((cpu) => before.has(cpu) || after.has(cpu));
  const perCpu = present.map((cpu) => cpuDelta(cpu, before.get(cpu), after.get(cpu), tickNs));
  return { perCpu, tickNs, ceilingNs: ceilingOf(perCpu, tickNs) };
}

function cpuDelta(
  cpu: number,
  from: number | undefined,
  to: number | undefined,
  tickNs: number,
): CpuStealDelta {
  if (from === undefined || to === undefined) {
    const when = from === undefined ? 'before' : 'after';
    return { cpu, deltaNs: unavailable(`CPU ${cpu} was not online ${when} the case`), ranBackwards: false };
  }
  return { cpu, deltaNs: available(Math.max(0, to - from) * tickNs), ranBackwards: to < from };
}

function ceilingOf(perCpu: readonly CpuStealDelta[], tickNs: number): Available<number> {
  if (perCpu.length === 0) return unavailable('no CPU is known on which the thread may run');
  let sumNs = 0;
  for (const { cpu, deltaNs, ranBackwards } of perCpu) {
    if (!deltaNs.available) return deltaNs;
    if (ranBackwards) return unavailable(`the steal counter of CPU ${cpu} ran backwards`);
    sumNs += deltaNs.value + tickNs;
  }
  return available(sumNs);
}

/** Steal over a case, from both sources. */
export interface StealBounds {
  readonly lowNs: number;
  readonly highNs: number;
  /** The two sources contradict each other: less was taken from the CPUs than the thread was charged. */
  readonly disagree: boolean;
}

/**
 * Narrows an interval from segments by the case's ceiling. Where they contradict, the interval is not narrowed
 * below the segments' lower bound, and the contradiction is flagged.
 *
 * @param lowNs Sum of the lower bounds of the segments.
 * @param highNs Most that steal can be for other reasons, such as the wall time without the run-queue wait.
 */
export function boundSteal(lowNs: number, highNs: number, ceilingNs: number): StealBounds {
  return { lowNs, highNs: Math.max(lowNs, Math.min(highNs, ceilingNs)), disagree: ceilingNs < lowNs };
}
