// Steal and blocking told apart, by the time that the thread was off its CPU. Pure arithmetic over
// W = C + R + S + B: B = O − R − k·n and S = W − C − O + k·n, with their common error.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { OffCpu } from './off-cpu.ts';

/**
 * By how much one block makes the off-CPU time O seem longer than the scheduler's clocks have it, in ns: run time
 * begins before the record of the switch is written. Measured at start (calibrate-switch-bias.ts): it is 8 µs
 * where caches are warm and 30 µs where the CPU was idle for long.
 */
export interface SwitchBias {
  /** k, the middle of the range. */
  readonly perBlockNs: number;
  /** k was between these in four of five waits. */
  readonly lowNs: number;
  readonly highNs: number;
  /** How many waits it is from. */
  readonly waits: number;
}

/** The off-CPU time between two snapshots, and how far it can be trusted. */
export interface OffCpuEvidence {
  readonly offCpu: Readonly<OffCpu>;
  readonly bias: SwitchBias;
  /** ρ of CLOCK_MONOTONIC, in which switches are stamped, against the scheduler's clock. */
  readonly rateError: number;
}

/** What is split: differences between two snapshots. */
export interface SplitInput {
  readonly wallNs: number;
  readonly cpuNs: number;
  readonly runQueueNs: number;
  readonly timeslices: number;
}

/** Steal and blocking of a segment in ns, each ± `errorNs`. Their sum is W − C − R, exactly. */
export interface BlockedSplit {
  readonly blockedNs: number;
  readonly stealNs: number;
  readonly errorNs: number;
}

/** What a single block scatters by on an idle machine, in ns; sums grow with its root. */
const SCATTER_NS = 15e3;

/**
 * Splits W − C − R. The error is 15 µs·√n for the scatter of n blocks, n times half the range of k for its drift with
 * cache and idle state, the upper k for each preemption (whose bias has either sign), and ρ·O.
 *
 * @returns A reason where the records are not those of the segment: then the sums would mean nothing.
 */
export function splitBlocked(
  { wallNs, cpuNs, runQueueNs, timeslices }: SplitInput,
  { offCpu, bias, rateError }: OffCpuEvidence,
): Available<BlockedSplit> {
  const { offNs, blocks, switchesIn, switchesOut, unknownNs } = offCpu;
  if (switchesIn !== timeslices) {
    return unavailable(
      `${switchesIn} switches were recorded, but ${timeslices} happened between the snapshots`,
    );
  }
  if (unknownNs > 0) return unavailable('records of context switches are missing');
  const scatterNs = Math.sqrt(blocks) * Math.max(SCATTER_NS, (bias.highNs - bias.lowNs) / 2);
  const driftNs = (blocks * (bias.highNs - bias.lowNs)) / 2;
  const preemptionsNs = (switchesOut - blocks) * bias.highNs;
  const offCpuNs = offNs - blocks * bias.perBlockNs;
  return available({
    blockedNs: offCpuNs - runQueueNs,
    stealNs: wallNs - cpuNs - offCpuNs,
    errorNs: scatterNs + driftNs + preemptionsNs + rateError * offNs,
  });
}
