// What a run's process and its parent tell each other. Plain data, sent over Node's IPC channel.
import type { Available } from '../base/availability.ts';
import type { ErrorCode } from '../base/errors.ts';
import type { CounterGroupRecord } from '../counters/counter.ts';
import type { CounterChoice } from '../counters/open-counters.ts';
import type { CountersTaken } from '../counters/take-counters.ts';
import type { ShaderDefinition } from '../definition/definition.ts';
import type { BindingRecord, ClocksRecord } from '../report/report.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { SampledSpan } from '../suite/rendezvous.ts';
import type { SessionOptions } from '../suite/session.ts';
import type { ExpectedOutput } from '../suite/verify-case.ts';
import type { TierVerdict } from '../timing/index.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import type { DriverMode } from '../virt/machine.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** How the process opens its device. */
export interface DeviceRequest {
  readonly device: string | null;
  readonly queueFamily: number | null;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly validate: boolean;
  /** Whether accesses outside of buffers are caught (VkPhysicalDeviceFeatures::robustBufferAccess). */
  readonly robustBufferAccess: boolean;
  readonly pin: 'auto' | 'none' | number;
  /** Whether to watch for stalls on another CPU. */
  readonly stalls: boolean;
  /** Which counters are read around the samples of every case. */
  readonly counters: CounterChoice;
}

/** One case, by what both sides can look up. */
export interface CaseRequest {
  readonly id: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  /** The output that an earlier run had; null where none could tell. */
  readonly expected: ExpectedOutput | null;
}

/** Another machine whose time is asked for around every case. */
export interface ExternalRequest {
  readonly host: string;
  readonly port: number;
  /** The shared key in base64, or null. */
  readonly key: string | null;
}

/** A process that samples at the same time as others. */
export interface RendezvousRequest {
  /** For how long each case is sampled once all have met, in ns. */
  readonly spanNs: number;
}

/** A process is warm and waits for the others. */
export interface AtRendezvous {
  readonly id: string;
  /** When its first output was found right, in ns of CLOCK_MONOTONIC; null for what has none. */
  readonly verifiedNs: number | null;
}

/** A process has sampled its span. */
export interface SpanSampled extends SampledSpan {
  readonly id: string;
  /** When `samples.startNs` of the process is 0, in ns of CLOCK_MONOTONIC, which all processes share. */
  readonly epochNs: number;
  /** Uncertainty (±) of that. */
  readonly epochErrorNs: number;
}

/** The whole job of one process. */
export interface RunRequest {
  readonly device: DeviceRequest;
  /** The tier under which the report began; null for its first process, which finds it out. */
  readonly verdict: TierVerdict | null;
  readonly options: SessionOptions;
  readonly external: ExternalRequest | null;
  /** Private memory that the process may have; null for what the machine can give. */
  readonly processMemoryBytes: number | null;
  /** In the order in which they run. */
  readonly cases: readonly CaseRequest[];
  /** Modules with benchmarks beside the built-in ones, as file URLs. */
  readonly modules: readonly string[];
  /** The built-in modules that the cases come from, by their places below bench/; null for all. */
  readonly builtInModules: readonly string[] | null;
  /** Benchmarks made of shaders; one replaces a benchmark of the same name. */
  readonly definitions: readonly ShaderDefinition[];
  /** Whether somebody watches: progress is then sent, and each message awaits its answer. */
  readonly progress: boolean;
  /** Where other processes sample at the same time; absent where this one measures by itself. */
  readonly rendezvous?: RendezvousRequest;
}

/** Which counters are read, and how long is waited between two readings. */
export interface CountersRequest {
  readonly spanNs: number;
  /** Of groups and counters, with `*`: a group that none of them may name is not opened. All groups without one. */
  readonly patterns: readonly string[];
}

/** What the parent asks a process to do; the first message that it gets. */
export type WorkMessage = ParentMessage & { readonly type: 'run' | 'list-devices' | 'take-counters' };

/** What the parent says. */
export type ParentMessage =
  | { readonly type: 'run'; readonly request: RunRequest }
  | { readonly type: 'list-devices'; readonly binding: 'auto' | 'nvk' | 'koffi' }
  /** Read counters, wait, and read them again; `stop` ends the wait. */
  | ({ readonly type: 'take-counters' } & CountersRequest)
  /** The progress was shown, the result was saved, all have met: measuring may go on. */
  | { readonly type: 'go-on' }
  /** The user wants to stop: end the case at hand with what it has. */
  | { readonly type: 'stop' };

/** A Vulkan device with what its driver was asked meanwhile, so that the parent need not load it. */
export interface ListedDevice {
  readonly device: DeviceInfo;
  /** By PCI address. */
  readonly driverModes: Readonly<Record<string, Available<DriverMode>>>;
}

/** What a process found when it opened its device and clocks. */
export interface SessionRecord {
  readonly device: DeviceInfo;
  readonly attachment: GpuAttachment;
  readonly queueFamilyIndex: number;
  readonly binding: BindingRecord;
  readonly clocks: ClocksRecord;
  readonly verdict: TierVerdict;
  /** The counters that are read around every case, and those that this machine does not have. */
  readonly counters: readonly CounterGroupRecord[];
}

/** An error on its way to the parent. */
export interface ErrorRecord {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly hint: string | null;
}

/** What the process says. */
export type ChildMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'devices'; readonly devices: readonly ListedDevice[] }
  | { readonly type: 'counters'; readonly taken: CountersTaken }
  | { readonly type: 'session'; readonly session: SessionRecord }
  /** `limitNs`: how long it may take. */
  | { readonly type: 'case-start'; readonly id: string; readonly limitNs: number }
  | { readonly type: 'progress'; readonly id: string; readonly phase: string; readonly samples: number }
  /** Awaits the answer: `go-on` once all are there. */
  | ({ readonly type: 'at-rendezvous' } & AtRendezvous)
  | ({ readonly type: 'span-sampled' } & SpanSampled)
  /** `fatal`: the device is unusable now, and the process must not touch it again; or the memory of the process is used up. */
  | { readonly type: 'case-run'; readonly id: string; readonly caseRun: CaseRun; readonly fatal: boolean }
  /** A broken rule of the specification, or an error of the loader or driver. */
  | { readonly type: 'validation'; readonly severity: string; readonly id: string; readonly message: string }
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  | { readonly type: 'done' };
