// What the computation of columns needs besides the raw samples, and what it shares between its parts.
// Types only.
import type { ClockTraits } from '../timing/clock.ts';
import type { DispatchSplit } from '../timing/dispatch-split.ts';
import type { DeviceCounter } from '../timing/gpu-timeline.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { OffCpuSource } from '../timing/off-cpu-source.ts';

/** What turns raw samples into columns. */
export interface SampleInterpretation {
  readonly traits: ClockTraits;
  readonly verdict: TierVerdict;
  readonly counter: DeviceCounter;
  /** Start of the run on the stamp clock. */
  readonly epochNs: number;
  /** Whether the samples carry the ledger. */
  readonly ledger: boolean;
  /** Whether the device computes on this machine's CPUs. */
  readonly software: boolean;
  /** Whether submission and wait are one piece: then no part of a sample is the submission. */
  readonly isWhole: boolean;
  /** Turns recorded switches into evidence; null where they are not recorded. */
  readonly offCpu: Pick<OffCpuSource, 'evidence' | 'bias'> | null;
  /** CLOCK_MONOTONIC where the stamp clock counts 0, in ns; null where it is another clock. */
  readonly monotonicEpochNs: number | null;
}

/** When the device worked on a sample, on the stamp clock. */
export interface PlacedDevice {
  readonly startNs: number;
  readonly endNs: number;
  readonly uncertaintyNs: number;
  readonly split: DispatchSplit;
}
