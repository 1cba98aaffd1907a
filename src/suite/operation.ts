// The contract of host benchmarks: what is timed is no recorded work but something that this machine does, a call of
// Vulkan or of the guest's kernel. Sampling, ledger and statistics are those of every other case. Types only.
import type { Available } from '../base/availability.ts';
import type { Random } from '../base/random.ts';
import type { Scope } from '../base/scope.ts';
import type { WatchInterrupts } from '../device-state/gpu-interrupts.ts';
import type { GuestConditions } from '../guest/guest-conditions.ts';
import type { StampClock } from '../timing/clock.ts';
import type { Libc } from '../timing/libc.ts';
import type { ComputeDevice, DeviceTicks } from '../vulkan/compute-device.ts';
import type { LogicalDevice } from '../vulkan/logical-device.ts';
import type { OpeningTimes } from '../vulkan/open-device.ts';
import type { Verification } from './verification.ts';

/** Units of what an operation measures besides its time. */
export const FIGURE_UNITS = ['ns', 'B', 'B/s', '1/s', 'ratio', 'ppm', 'count'] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** A figure with what is known of its error; `low` and `high` equal the value where it is exact. */
export interface FigureEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What an operation measured besides the time of its samples, in one run. */
export interface OperationFigure {
  /** A stable word: `drift`, `firstTime`, `gapsAbove100us`. */
  readonly id: string;
  /** What it is, for a table: "drift against CLOCK_MONOTONIC". */
  readonly label: string;
  readonly unit: FigureUnit;
  /** Or why it is not known. */
  readonly estimate: Available<FigureEstimate>;
  /** How value and bounds were obtained, in words. */
  readonly method: string;
}

/** What is timed, prepared by {@link MakeOperation}. */
export interface Operation {
  /** Timed. Allocates nothing, logs nothing, does not yield. What it throws fails the case. */
  readonly run: () => void;
  /** Timed too, behind `run`: the wait. The report then tells the submission and the wait apart. */
  readonly wait?: () => void;
  /**
   * Untimed, after every sample: makes the next one possible. With `wait` or `reset` a sample is one operation; without
   * either, operations that are short against the clock are repeated until a sample takes some 20 µs.
   */
  readonly reset?: () => void;
  /** At most so many samples, and as many to warm up: for what leaves something behind, in a driver's cache. */
  readonly mostSamples?: number;
  /** Native calls of one operation (`run` and `wait`; a poll counts once): what this tool adds to each is measured and told. */
  readonly calls: number;
  /** Device timestamps of the last operation, by which the report splits it; see `Submission.ticks`. */
  readonly ticks?: () => Available<DeviceTicks>;
  /**
   * What must be true after `count` operations since it was made: called after the first one, before timing, and after
   * the last one. `checked` must count what was compared.
   */
  readonly verify: (count: number) => Verification;
  /** Asked once, after the samples and `verify`. */
  readonly figures?: () => readonly OperationFigure[];
}

/** What an operation is made from. What it creates goes into `scope`, which ends with the case. */
export interface HostContext {
  readonly scope: Scope;
  readonly device: ComputeDevice;
  /**
   * The device in raw Vulkan: handles and commands, for what {@link ComputeDevice} has no word for.
   *
   * @throws GuestmarkError (unsupported) on a simulated device.
   */
  readonly vulkan: () => LogicalDevice;
  /**
   * The C library of this process.
   *
   * @throws GuestmarkError (unsupported) where it cannot be called.
   */
  readonly libc: () => Libc;
  /** The SPIR-V of a shipped kernel: `increment`. */
  readonly kernel: (name: string) => Uint8Array;
  /** The clock of the samples: for what an operation times itself, outside of `run`. */
  readonly stamp: StampClock;
  /** What the guest is to be like around the case; what it returns goes into {@link scope}. */
  readonly guest: GuestConditions;
  /** Counts interrupts of the device until the returned function is called. */
  readonly watchInterrupts: WatchInterrupts;
  /** Threads that the driver has started in this process so far, and those that Node started meanwhile, which sleep. */
  readonly driverThreads: () => readonly number[];
  /** How long this process took to open the device: the first calls of their kind in it. */
  readonly opening: Available<OpeningTimes>;
  /** Seeded by the run's seed and the case's id; the same in every run. */
  readonly random: Random;
  /** Counted from 1; every run is a process of its own. */
  readonly run: number;
  /** On `stamp`: no wait may go on after it. */
  readonly deadlineNs: number;
}

/** Makes the operation of a case; what it throws as `unsupported` skips the case with that reason. */
export type MakeOperation<A extends string = string> = (
  axes: Readonly<Record<A, number>>,
  host: HostContext,
) => Operation | Promise<Operation>;

/** What this tool adds to the times of a case, measured in the same process beside it. */
export interface OwnCost {
  /** Of an operation that does nothing, sampled in the same way: per operation, median and the middle 90 %. */
  readonly emptyNs: number;
  readonly emptyLowNs: number;
  readonly emptyHighNs: number;
  /** What the binding takes for a native call that does nothing. */
  readonly callNs: number;
  /** Such calls in an operation. */
  readonly calls: number;
}
