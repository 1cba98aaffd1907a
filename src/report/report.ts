// The report: the one file a run leaves behind, from which every printed number can be recomputed.
// Types only; `schema.ts` holds the matching validator. Times are nanoseconds as numbers.
import type { Available } from '../base/availability.ts';
import type { CounterGroupRecord } from '../counters/counter.ts';
import type { CounterChoice } from '../counters/open-counters.ts';
import type { Category, RoofType } from '../suite/benchmark.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { VerifyChoice } from '../suite/session.ts';
import type { ClockSourceRecord } from '../timing/clock-source.ts';
import type { Fact } from '../timing/fact.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import type { SystemInfo } from '../virt/system-info.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import type { DerivedFigure, TimeSeries } from './derived.ts';
import type { ModuleRecord, ResumptionRecord, ShaderRecord } from './report-origin.ts';

/** Major changes when old readers would misread a report, minor when fields are added. */
export const SCHEMA_VERSION = '1.5';

/** A value with its unit and, where it was estimated from samples, its 95 % interval. */
export interface Metric {
  /** `gpuTime`, `wallTime`, `cpuTime`, `submitTime`, `bandwidth`, `arithmetic`, `itemRate`, `roofShare`… */
  readonly id: string;
  readonly unit: 'ns' | 'B/s' | 'FLOP/s' | '1/s' | 'ratio' | 'count';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How value and interval were obtained, in words. */
  readonly method: string;
}

/** A condition the reader should know about, with what to do. */
export interface ReportWarning {
  /** A stable word: `software-device`, `few-runs`, `unstable`, `steal`, `crash`… */
  readonly id: string;
  readonly message: string;
  readonly advice: string | null;
}

/** A limit that the user sets for a metric. */
export interface Threshold {
  /** The id of a metric. */
  readonly metric: string;
  readonly relation: '<=' | '<' | '>=' | '>';
  /** In the unit of the metric. */
  readonly limit: number;
  readonly unit: Metric['unit'];
}

/** A threshold and whether a case keeps it. */
export interface JudgedThreshold extends Threshold {
  /**
   * `met` when the whole 95 % interval of the metric keeps the limit, `missed` when no part of it does, `unclear` when
   * the limit lies within it, `unmeasured` when the case has no such metric.
   */
  readonly verdict: 'met' | 'missed' | 'unclear' | 'unmeasured';
  /** Why it is unmeasured; null where it is not. */
  readonly reason: string | null;
}

/** One case: a benchmark at one point of its axes. */
export interface CaseResult {
  /** `copy[n=4Mi]`: also a query on the command line. */
  readonly id: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  /** `ok` only if every run was. */
  readonly status: 'ok' | 'failed' | 'skipped' | 'pending';
  readonly kind: 'throughput' | 'latency';
  /** What one iteration does; null where the benchmark does not say. */
  readonly bytes: number | null;
  readonly flops: number | null;
  readonly items: number | null;
  /** Null for a benchmark of the user that names none. */
  readonly category: Category | null;
  /** What the items are, in the plural; `items` where the benchmark does not say. */
  readonly itemName: string;
  /** Whether the time of one item is the point, and not their rate. */
  readonly showsItemTime: boolean;
  /** Of `flops`. */
  readonly flopType: RoofType;
  /** Whether this benchmark's cases measure roofs of the roofline; of memory only those that move the most bytes do. */
  readonly isRoof: boolean;
  /** The axis along which the times of the cases are fitted to a start-up time and a rate; null for none. */
  readonly fitsStartUp: string | null;
  readonly metrics: readonly Metric[];
  readonly warnings: readonly ReportWarning[];
  /** What the user demands of the metrics. */
  readonly thresholds: readonly JudgedThreshold[];
  readonly runs: readonly CaseRun[];
}

/** One child process. A run that crashed is continued by another process with the same run number. */
export interface ProcessRecord {
  readonly run: number;
  readonly pid: number;
  readonly startedAt: string;
  readonly wallNs: number;
  readonly exit: { readonly code: number | null; readonly signal: string | null };
  /**
   * `done`: it said that it had finished, and ended itself with SIGKILL, as all processes do, because a driver
   * may hang in an orderly exit; `stopped`: by its parent (limit, unusable device, Ctrl-C); `died`: anything else.
   */
  readonly end: 'done' | 'stopped' | 'died';
  /** The end of what the process wrote to its standard error and output. */
  readonly lastWords: string;
}

/** How native Vulkan was called, and what a call costs. */
export interface BindingRecord {
  readonly requested: 'auto' | 'nvk' | 'koffi';
  /** The package that served each command which was used inside timed regions. */
  readonly timedCalls: Readonly<Record<string, 'nvk' | 'koffi'>>;
  readonly library: string;
  readonly note: string | null;
  /** CPU time of the measuring thread for an empty submit + wait + reset; the median. */
  readonly emptySubmitCpuNs: Available<number>;
}

/** A watch for stalls: a loop that looks at its clock, on a CPU that nothing else was meant to use. */
export interface StallWatchRecord {
  readonly cpu: Available<number>;
  /** From one look to the next. */
  readonly turnNs: number;
  /** Shorter holes are no stalls. */
  readonly thresholdNs: number;
  /** The longest hole that an interrupt of this machine explains. */
  readonly interruptNs: number;
}

/** What the clocks can tell on this machine. */
export interface ClocksRecord {
  readonly tier: 'A' | 'B' | 'C' | 'D' | 'E';
  readonly tierTitle: string;
  readonly tierReason: string;
  /** What the tier promises about steal figures, in words. */
  readonly stealBound: string;
  readonly snapshotClock: string;
  readonly wallClock: string;
  readonly stampClock: string;
  /** The CPU to which the measuring thread is bound, or why to none. */
  readonly pinnedCpu: Available<number>;
  /** The bias of a context switch, by which steal is told from sleep; why not, where switches are not recorded. */
  readonly switchBias: Available<{
    readonly perBlockNs: number;
    readonly lowNs: number;
    readonly highNs: number;
    readonly waits: number;
  }>;
  /** Worker threads of a software device when it was opened, whose ledgers are read too; 0 on other devices. */
  readonly workerThreads: number;
  /** The tool's own cost: one snapshot, the brief reading inside each sample, and one stamp. */
  readonly snapshotCostNs: number;
  readonly briefCostNs: number;
  readonly snapshotWidthNs: number;
  readonly stampCostNs: number;
  /** Everything that samples are read from, with its cost and resolution as measured at the start. */
  readonly sources: readonly ClockSourceRecord[];
  /** The watch for stalls beside the run, or why there is none. */
  readonly stallWatch: Available<StallWatchRecord>;
  /** W − C − R over short windows in which the thread only computed: the error of the steal figure, in ns. */
  readonly nullWindows: Available<{
    readonly count: number;
    readonly p01Ns: number;
    readonly p50Ns: number;
    readonly p99Ns: number;
  }>;
  /** CPU clock that device timestamps are calibrated against. */
  readonly calibratedClock: Available<string>;
  /** Evidence behind the tier: per capability its value and source, or the reason why it is unknown. */
  readonly capabilities: Readonly<Record<string, Fact<string | number | boolean>>>;
}

/** The machine, as far as the measurement needs it. */
export interface SystemRecord {
  readonly hostname: string;
  readonly platform: string;
  readonly osRelease: Available<string>;
  readonly linuxRelease: string;
  readonly architecture: string;
  readonly cpuModel: Available<string>;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly loadAverage: readonly number[];
  readonly clocksource: Available<string>;
  readonly hypervisorPresent: Available<boolean>;
  /** Variables of the measuring processes that change what a driver does: `LP_NUM_THREADS`, `VK_DRIVER_FILES`… */
  readonly driverVariables: Readonly<Record<string, string>>;
}

/** The options of the run, complete. */
export interface CommandRecord {
  readonly argv: readonly string[];
  readonly selectors: readonly string[];
  readonly suite: string;
  readonly axes: Readonly<Record<string, readonly number[]>>;
  readonly device: string | null;
  readonly queueFamily: number | null;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly runs: number;
  readonly minTimeNs: number;
  readonly maxTimeNs: number;
  readonly timeoutNs: number;
  readonly seed: number;
  readonly wait: 'spin' | 'block' | 'auto';
  /** The CPU to which the measuring thread is bound; `auto` chooses one. */
  readonly pin: 'auto' | 'none' | number;
  /** Whether samples carry the ledger. */
  readonly ledger: boolean;
  /** Whether stalls of the machine were watched for. */
  readonly stalls: boolean;
  /** Which counters were read around the samples of every case. */
  readonly counters: CounterChoice;
  /** When outputs were checked: around the samples of a case, or after every one of them too. */
  readonly verify: VerifyChoice;
  readonly validate: boolean;
  /** `host:port` of the time server that was asked around every case. */
  readonly externalClock: string | null;
  /** What the buffers of a case could take together; null for 3/4 of the device's largest heap. */
  readonly memoryLimitBytes: number | null;
  /** What private memory the process of a run could have; null for what the machine can give. */
  readonly processMemoryBytes: number | null;
  readonly robustBufferAccess: boolean;
  /** The folder in which run 1 wrote the outputs of the cases; null for none. */
  readonly dumpOutputs: string | null;
}

/** Messages of the validation layer. */
export interface ValidationRecord {
  readonly enabled: boolean;
  readonly messages: readonly {
    readonly run: number;
    readonly severity: string;
    readonly id: string;
    readonly message: string;
  }[];
}

/** The whole report. */
export interface Report {
  readonly schema: 'guestmark-report';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly command: CommandRecord;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** `running` while it is being written, `partial` after an interruption. */
  readonly status: 'running' | 'complete' | 'partial';
  readonly statusReason: string | null;
  readonly system: SystemRecord;
  /** What the machine is: hypervisor, container, kernel, CPU, memory; every fact with its evidence. */
  readonly machine: Available<SystemInfo>;
  readonly clocks: Available<ClocksRecord>;
  readonly device: Available<DeviceInfo>;
  /** How the device comes to this guest. */
  readonly attachment: Available<GpuAttachment>;
  /** The counters that were read around every case, and why others were not: `runs[].counters` tells what moved. */
  readonly counters: readonly CounterGroupRecord[];
  readonly queueFamilyIndex: number | null;
  readonly binding: Available<BindingRecord>;
  /** The benchmarks that were made of shaders. */
  readonly shaders: readonly ShaderRecord[];
  /** The modules with benchmarks beside the built-in ones. */
  readonly modules: readonly ModuleRecord[];
  /** How often the report was continued after an interruption; none in most. */
  readonly resumed: readonly ResumptionRecord[];
  readonly processes: readonly ProcessRecord[];
  readonly results: readonly CaseResult[];
  /** What follows from several cases together. */
  readonly derived: readonly DerivedFigure[];
  /** How cases went on that were sampled for a given time. */
  readonly series: readonly TimeSeries[];
  readonly warnings: readonly ReportWarning[];
  readonly validation: ValidationRecord;
}
