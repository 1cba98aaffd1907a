// Steal and blocking told apart, by the time that the thread was off its CPU. Pure arithmetic over
// W = C + R + S + B: B = O − R − k·n and S = W − C − O + k·n, with their common error.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { OffCpu } from './off-cpu.ts';

/**
 * By how much one block makes the off-CPU time O seem longer than the scheduler's clocks have it, in ns: run time
 * begins before the record of the switch is written. Measured at start (calibrate-switch-bias.ts). It moves with the
 * caches and the load: means of 8 µs behind short waits and of 20 to 46 µs behind long ones were seen on one machine.
 */
export interface SwitchBias {
  /** k, the best estimate. */
  readonly perBlockNs: number;
  /** The mean of k over a segment is taken to lie between these. */
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

/** Steal and blocking of a segment in ns. Their sum is W − C − R, exactly. */
export interface BlockedSplit {
  readonly blockedNs: number;
  readonly stealNs: number;
  /** Between these lies the steal, but for the error of the snapshots; they may reach below zero. */
  readonly stealLowNs: number;
  readonly stealHighNs: number;
  /** The larger distance from the estimates to the ends of their ranges. */
  readonly errorNs: number;
}

/** What a single block scatters by, in ns; sums grow with the root of their number. */
const SCATTER_NS = 15e3;

/**
 * Splits W − C − R. The ends of the range are those with the lowest and the highest k, wider by 15 µs·√n for the
 * scatter of n blocks, by k for each preemption (whose bias has either sign), and by ρ·O.
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
  const spreadNs =
    SCATTER_NS * Math.sqrt(blocks) + bias.perBlockNs * (switchesOut - blocks) + rateError * offNs;
  const belowNs = spreadNs + blocks * (bias.perBlockNs - bias.lowNs);
  const aboveNs = spreadNs + blocks * (bias.highNs - bias.perBlockNs);
  const stealNs = wallNs - cpuNs - offNs + blocks * bias.perBlockNs;
  return available({
    blockedNs: wallNs - cpuNs - runQueueNs - stealNs,
    stealNs,
    stealLowNs: stealNs - belowNs,
    stealHighNs: stealNs + aboveNs,
    errorNs: Math.max(belowNs, aboveNs),
  });
}
