// What every case of one process shares: the device, the clocks of the measuring thread, the tier, and
// the options of the run. Types only.
import type { Available } from '../base/availability.ts';
import type { WatchCounters } from '../counters/watch-counters.ts';
import type { DeviceStateChange } from '../device-state/device-state.ts';
import type { WatchInterrupts } from '../device-state/gpu-interrupts.ts';
import type { GuestConditions } from '../guest/guest-conditions.ts';
import type { SnapshotClock, StampClock } from '../timing/clock.ts';
import type { EndCount } from '../timing/count-case-steal.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { OffCpuSource } from '../timing/off-cpu-source.ts';
import type { ThrottlingSource } from '../timing/throttling.ts';
import type { WorkerLedgers } from '../timing/worker-ledgers.ts';
import type { ComputeDevice, WaitMode } from '../vulkan/compute-device.ts';
import type { OpeningTimes } from '../vulkan/open-device.ts';
import type { ReadStalls } from './case-stalls.ts';
import type { Rendezvous } from './rendezvous.ts';

/** The clocks of the thread that measures. */
export interface SessionClocks {
  readonly snapshot: SnapshotClock;
  /** Of the same CPU clock as the device's calibrated timestamps, where there are any. */
  readonly stamp: StampClock;
  readonly verdict: TierVerdict;
  /** Begins to count the steal of the CPUs on which the thread may run; what it returns ends the count. */
  readonly countSteal: () => EndCount;
  /** The ledgers of a software device's worker threads; null on a device that works by itself. */
  readonly workers: WorkerLedgers | null;
  /** Reads clocks and temperature of the device; what it returns reads them again. Takes up to some ms. */
  readonly watchDevice: () => () => Available<DeviceStateChange>;
  /** Counts interrupts of the device from now on. Takes some 0.1 ms, and as much to end. */
  readonly watchInterrupts: WatchInterrupts;
  /** Reads the counters of the guest; what it returns reads them again. Takes 1 to 2 ms each. */
  readonly watchCounters: WatchCounters;
  /** Of a watch beside the run. */
  readonly stalls: ReadStalls;
  /** Throttling by a CPU quota; null where no group of this process can be throttled, or nobody tells. */
  readonly throttling: Pick<ThrottlingSource, 'readNs'> | null;
  /** Threads that the driver has started in this process so far. */
  readonly driverThreads: () => readonly number[];
  /** The thread's context switches, which tell steal from sleep and the parts of a wake-up; null where refused. */
  readonly offCpu: OffCpuSource | null;
  /** The share (0 to 1) of the time since the session began that was stolen from the CPU which lost most; a rough figure. */
  readonly stolenShare: () => number;
}

/** When outputs are checked: before and after the samples of a case, or after every one of them too. */
export type VerifyChoice = 'around' | 'every';

/** Options of one run that its cases need. */
export interface SessionOptions {
  readonly run: number;
  readonly minTimeNs: number;
  readonly maxTimeNs: number;
  /** Longest time one case may take. */
  readonly timeoutNs: number;
  readonly seed: number;
  readonly wait: WaitMode | 'auto';
  /** Whether samples carry the ledger; without it there are stamps and device times only. */
  readonly ledger: boolean;
  readonly verify: VerifyChoice;
  /** What the buffers and images of a case may take together; null for 3/4 of the device's largest heap. */
  readonly memoryLimitBytes: number | null;
  /** Where run 1 writes the outputs of its cases; null for nowhere. */
  readonly dumpFolder: string | null;
}

/** Where a case stands; told between samples only. */
export interface CaseProgress {
  readonly id: string;
  readonly phase: 'preparing' | 'warming up' | 'sampling' | 'verifying';
  readonly samples: number;
}

/** A process's view of its work. */
export interface Session {
  readonly device: ComputeDevice;
  readonly clocks: SessionClocks;
  readonly options: SessionOptions;
  /** What the guest can be made to be like around a case. */
  readonly guest: GuestConditions;
  /** How long it took to open the device, where that was measured. */
  readonly opening: Available<OpeningTimes>;
  /** Start of the run on the stamp clock. */
  readonly epochNs: number;
  /** True once the user asked to stop: the case at hand ends with what it has. */
  readonly interrupted: () => boolean;
  /**
   * Awaited between samples: lets the event loop turn (nvk and koffi free memory only then) and
   * reports progress. Nothing is drawn until the next call.
   */
  readonly breathe: (progress: CaseProgress) => Promise<void>;
  /** Where other processes sample at the same time; absent where this one measures by itself. */
  readonly rendezvous?: Rendezvous;
}
