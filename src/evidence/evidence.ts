// What a comparison, a page or a history needs of report files, without their bulk: one report of megabytes becomes some
// kilobytes of typed arrays, so that hundreds fit into memory. Types only; case-evidence.ts makes them of reports,
// other-evidence.ts of the files of other tools.
import type { Available } from '../base/availability.ts';
import type { CaseResult } from '../report/report.ts';

/** A time of one iteration that every sample of a run may carry. `undisturbedWall` and `correctedWall` are bounds. */
export type TimeId = 'gpuTime' | 'wallTime' | 'cpuTime' | 'submitTime' | 'queueTime' | 'wakeUpTime';

/** Wall time of the same samples without something, in ns per iteration: where the truth lies between. */
export interface BoundedTimes {
  readonly lowNs: Float64Array;
  readonly highNs: Float64Array;
}

/**
 * Where wall time went: stages, and time that was withheld from them, which add up to the wall time of a sample. `wait`: all
 * behind the submit call, where no times of the device divide it.
 */
export type PartId =
  | 'device'
  | 'submit'
  | 'queue'
  | 'wake-up'
  | 'wait'
  | 'copy'
  | 'call'
  | 'steal'
  | 'run-queue'
  | 'throttling';

/** The mean of a part over the samples of a run, per iteration; an interval where the clocks leave it open. */
export interface PartMean {
  readonly id: PartId;
  /** The best single statement, between the two. */
  readonly ns: number;
  readonly lowNs: number;
  readonly highNs: number;
}

/** What one process measured of one case. Times in ns per iteration (`submitTime`, `queueTime`, `wakeUpTime`: per submission). */
export interface RunEvidence {
  /** Index into `Side.reports`. */
  readonly report: number;
  readonly run: number;
  /** Samples by clock; a clock that no sample has is missing. In the order in which they were taken. */
  readonly times: Readonly<Partial<Record<TimeId, Float64Array>>>;
  /** Without steal. */
  readonly correctedWall: Available<BoundedTimes>;
  /** Without steal and without what the guest's own scheduler withheld (run-queue wait, throttling). */
  readonly undisturbedWall: Available<BoundedTimes>;
  /** Means that add up to `wallMeanNs`, as far as the clocks tell; what they leave open is missing here. */
  readonly parts: readonly PartMean[];
  readonly wallMeanNs: number;
  /** Stolen share of the samples' time, from at least to at most. */
  readonly stealShare: Available<{ readonly low: number; readonly high: number }>;
  readonly outputSha256: Available<string>;
  /** Of the units that compute, while it was sampled (mean of both readings), in Hz. */
  readonly computeClockHz: Available<number>;
  readonly throttleReasons: readonly string[];
}

/** One case over all runs of a side. */
export interface CaseEvidence
  extends Pick<
    CaseResult,
    | 'id'
    | 'benchmark'
    | 'axes'
    | 'kind'
    | 'category'
    | 'bytes'
    | 'flops'
    | 'items'
    | 'itemName'
    | 'showsItemTime'
  > {
  /** Runs that may be reported; none at all after a wrong output, as `sampledRuns` has it. */
  readonly runs: readonly RunEvidence[];
  /**
   * Why runs are missing (failures and skips), and why figures are: `bytes`, `flops` and `items` are null where no rate may be
   * made of them, `gpuTime` is missing where it cannot be true. Each once.
   */
  readonly problems: readonly string[];
  /** SHA-256 of the SPIR-V, of benchmarks made of a shader; null for the shipped ones, whose version is the tool's. */
  readonly spirvSha256: string | null;
}

/** What may make two reports incomparable. */
export interface ReportFacts {
  /** The file, as it was named. */
  readonly path: string;
  /** `guestmark`, or the tool whose file it is: `guestmark time`, `hyperfine`. */
  readonly producer: string;
  readonly toolVersion: string;
  readonly startedAt: Available<string>;
  readonly finishedAt: Available<string>;
  readonly status: 'running' | 'complete' | 'partial';
  readonly hostname: Available<string>;
  readonly device: Available<string>;
  readonly software: boolean;
  readonly driver: Available<string>;
  /** `nvk`, `koffi`, or `auto: nvk and koffi`. */
  readonly binding: Available<string>;
  readonly tier: Available<string>;
  /** In words: `KVM, made by Firecracker`, `none`. */
  readonly hypervisor: Available<string>;
  readonly attachment: Available<string>;
  readonly linuxRelease: Available<string>;
  readonly cpuModel: Available<string>;
  readonly cpuCount: number | null;
  /** What the run was told that changes times: `wait`, `pin`, `validate`, `counters`, `LP_NUM_THREADS`… */
  readonly settings: Readonly<Record<string, string>>;
  readonly powerLimitWatts: Available<number>;
  /** When each process began, in ms since 1970: what tells interleaved from separate collection. */
  readonly processStartsMs: readonly number[];
}

/** A file that is not part of the comparison, with one sentence why. */
export interface RefusedFile {
  readonly path: string;
  readonly message: string;
}

/** One side of a comparison, or the reports of a page or a history. */
export interface Side {
  readonly reports: readonly ReportFacts[];
  /** In the order in which they first appear. */
  readonly cases: readonly CaseEvidence[];
  readonly refused: readonly RefusedFile[];
}
