// Opens everything a process measures with: device, clocks, tier; and writes down what was found. The
// tool's own costs are measured here, before any case.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { openCounters } from '../counters/open-counters.ts';
import { counterWatch } from '../counters/watch-counters.ts';
import { interruptWatch } from '../device-state/gpu-interrupts.ts';
import { openDeviceState, watchState } from '../device-state/open-device-state.ts';
import { type GuestConditions, openGuestConditions } from '../guest/guest-conditions.ts';
import type { BindingRecord, ClocksRecord } from '../report/report.ts';
import type { SessionClocks } from '../suite/session.ts';
import {
  allowedCpus,
  calibrateSnapshot,
  countCaseSteal,
  isOwnThread,
  lookForSteal,
  measureSources,
  type OffCpuSource,
  openOffCpuSource,
  openSnapshotClock,
  openStampClock,
  openThrottling,
  openWorkerLedgers,
  type Pin,
  pinThread,
  probeTiming,
  type SnapshotClock,
  type StampClock,
  type TierVerdict,
  threadIds,
  threadsSince,
  type WorkerLedgers,
} from '../timing/index.ts';
import { judgeAttachment } from '../virt/judge-attachment.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { describeVirtualization } from '../virt/virtualization.ts';
import type { ComputeDevice } from '../vulkan/compute-device.ts';
import { type DebugMessage, type OpeningTimes, openDevice, type VulkanBinding } from '../vulkan/index.ts';
import { attachmentSubject } from './attachment-subject.ts';
import type { DeviceRequest, SessionRecord } from './protocol.ts';

/** An open device with its clocks and the record of what was found. */
export interface OpenedSession extends Disposable {
  readonly device: ComputeDevice;
  readonly clocks: SessionClocks;
  readonly record: SessionRecord;
  readonly opening: Available<OpeningTimes>;
  readonly guest: GuestConditions;
  /** CPUs of the process, before the measuring thread was bound to one. */
  readonly cpus: Available<readonly number[]>;
}

/**
 * Opens the session; the caller's thread is the one that measures from here on.
 *
 * @param earlier The verdict under which the report began, if it has begun.
 */
export function openSession(
  request: DeviceRequest,
  onMessage: (message: DebugMessage) => void,
  earlier: TierVerdict | null,
): OpenedSession {
  return Scope.open((scope) => {
    const files = systemFiles();
    const machine = thisMachine();
    const threadsBefore = threadIds(files);
    const cpus = allowedCpus(files);
    const { clock: snapshot, fallbackReason } = openSnapshotClock();
    scope.use(snapshot);
    // First, because the kernel forgets a recording only a second after its end.
    const offCpu = switchesWithin(scope, snapshot);
    const opened = scope.use(openWanted(request, onMessage));
    const { device, binding } = opened;
    // Only now: a device that computes on the CPUs must not inherit the binding to one of them.
    const pin = pinThread(request.pin, files);
    if (pin.available) scope.use(pin.value);
    const stamp = stampClockFor(device);
    // The first steal since boot can change what is found: one report, one tier.
    const counters = scope.use(openCounters({ machine, devices: [device.info] }, request.counters));
    const probe = probeTiming(earlier === null ? {} : { observeLimitNs: 0 });
    const verdict = earlier ?? probe.verdict;
    const clocks: SessionClocks = {
      snapshot,
      stamp,
      verdict,
      countSteal: stealCounter(device, cpus),
      watchDevice: deviceWatch(device, files, scope),
      watchInterrupts: interruptWatch(device.info, files),
      watchCounters: counterWatch(counters, stamp.nowNs, request.counters),
      stalls: () => unavailable('not watched'),
      throttling: throttlingWithin(scope),
      offCpu: offCpu.available ? offCpu.value : null,
      stolenShare: stolenShareOf(cpus, stamp),
      driverThreads: () => newThreads(files, threadsBefore).filter((id) => !isOwnThread(files, id)),
      workers: device.info.software ? scope.use(workersSince(files, threadsBefore)) : null,
    };
    const record = {
      device: device.info,
      attachment: judgeAttachment(attachmentSubject(device.info), machine, describeVirtualization(machine)),
      queueFamilyIndex: device.queueFamilyIndex,
      binding: bindingRecord(request, binding, emptySubmitCpuNs(device, clocks)),
      clocks: clocksRecord(clocks, probe, device, { fallbackReason, offCpu, pin }),
      verdict,
      counters: counters.records,
    };
    return {
      device,
      clocks,
      record,
      opening: available(opened.opening),
      guest: scope.use(openGuestConditions(cpus, files)),
      cpus,
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

function openWanted(
  request: DeviceRequest,
  onMessage: (message: DebugMessage) => void,
): ReturnType<typeof openDevice> {
  return openDevice({
    binding: request.binding,
    validate: request.validate,
    robustBufferAccess: request.robustBufferAccess,
    onMessage,
    ...(request.device === null ? {} : { match: request.device }),
    ...(request.queueFamily === null ? {} : { queueFamily: request.queueFamily }),
  });
}

/** Steal of the CPUs that matter: a software device computes on all that the process has, pinned or not. */
function stealCounter(device: ComputeDevice, all: Available<readonly number[]>): SessionClocks['countSteal'] {
  if (!device.info.software || !all.available) return () => countCaseSteal();
  return () => countCaseSteal(systemFiles(), all.value);
}

function stolenShareOf(cpus: Available<readonly number[]>, { nowNs }: StampClock): () => number {
  return lookForSteal({ nowNs, ...(cpus.available && { cpus: cpus.value }) });
}

/** Clocks and temperature of the device, where somebody tells them. */
function deviceWatch(device: ComputeDevice, files: SystemFiles, scope: Scope): SessionClocks['watchDevice'] {
  const reader = openDeviceState(device.info, files);
  if (reader.available) scope.use(reader.value);
  return () => watchState(reader);
}

/** Paused until a case asks for it. */
function switchesWithin(scope: Scope, snapshot: SnapshotClock): Available<OffCpuSource> {
  const source = openOffCpuSource(snapshot);
  if (source.available) scope.use(source.value).pause();
  return source;
}

/** Without a group that can be throttled there is nothing to read. */
function throttlingWithin(scope: Scope): SessionClocks['throttling'] {
  const source = openThrottling();
  if (!source.available) return null;
  const opened = scope.use(source.value);
  return opened.paths.length > 0 ? opened : null;
}

function newThreads(files: SystemFiles, before: Available<readonly number[]>): readonly number[] {
  const since = before.available ? threadsSince(files, before.value) : before;
  return since.available ? since.value : [];
}

/** A software device made its worker threads when it was opened. */
function workersSince(files: SystemFiles, before: Available<readonly number[]>): WorkerLedgers {
  const find = (): readonly number[] => newThreads(files, before);
  const stamps = openStampClock({ clock: 'CLOCK_MONOTONIC', epochSeconds: 0 });
  return openWorkerLedgers({
    find,
    nowNs: stamps.available ? stamps.value.nowNs : () => performance.now() * 1e6,
    switches: stamps.available,
    later: true,
  });
}

/** Stamps in the clock that the device is calibrated against, so that GPU intervals can be placed. */
function stampClockFor(device: ComputeDevice): StampClock {
  const wanted = device.calibratedClock.available ? device.calibratedClock.value : 'CLOCK_MONOTONIC';
  const stamp = openStampClock({ clock: wanted });
  if (stamp.available) return stamp.value;
  const monotonic = openStampClock();
  if (!monotonic.available) {
    throw new GuestmarkError('environment', `Cannot read the CPU's clock: ${monotonic.reason}`, {
      hint: 'reinstall guestmark on this machine, so that its add-ons fit',
    });
  }
  return monotonic.value;
}

/** Calls inside timed regions, whose route decides the overhead of every sample. */
const TIMED_CALLS = ['vkQueueSubmit', 'vkWaitForFences', 'vkGetFenceStatus', 'vkResetFences'] as const;

function bindingRecord(
  request: DeviceRequest,
  binding: VulkanBinding,
  cost: Available<number>,
): BindingRecord {
  return {
    requested: request.binding,
    timedCalls: Object.fromEntries(TIMED_CALLS.map((call) => [call, binding.route(call)])),
    library: binding.library,
    note: binding.note ?? null,
    emptySubmitCpuNs: cost,
  };
}

const COST_ROUNDS = 11;
const SUBMISSIONS_A_ROUND = 20;

/** CPU time of this thread for an empty submit + wait + reset: the median over rounds. */
function emptySubmitCpuNs(device: ComputeDevice, { snapshot }: SessionClocks): Available<number> {
  if (snapshot.cpuScope !== 'thread') return unavailable('only the CPU time of the whole process is known');
  using submission = device.record({ steps: [], iterations: 1, timestamps: false });
  const [from, to] = [snapshot.newSnapshot(), snapshot.newSnapshot()];
  const costs: number[] = [];
  for (let round = 0; round < COST_ROUNDS; round++) {
    snapshot.take(from);
    for (let i = 0; i < SUBMISSIONS_A_ROUND; i++) {
      submission.submit();
      submission.wait('block', 10e9);
      submission.reset();
    }
    snapshot.take(to);
    costs.push((to.cpuNs - from.cpuNs) / SUBMISSIONS_A_ROUND);
  }
  return available(costs.sort((a, b) => a - b)[Math.floor(COST_ROUNDS / 2)] as number);
}

/** What of the clocks could be opened, and what not. */
interface OpenedSources {
  readonly fallbackReason: string | undefined;
  readonly offCpu: Available<OffCpuSource>;
  readonly pin: Available<Pin>;
}

/** All of them take less than 0.1 s then. */
const SOURCE_LIMIT_NS = 1e6;

/** What the samples of this session are read from, by the names of `guestmark clocks`. */
function sourcesOf({ snapshot, offCpu, throttling }: SessionClocks): readonly string[] {
  return [
    'stamp',
    ...(snapshot.name === 'koffi' ? ['koffi snapshot', 'koffi brief reading'] : ['pure-Node snapshot']),
    ...(offCpu === null ? [] : ['switch ring, empty']),
    ...(throttling === null ? [] : ['cgroup cpu.stat']),
    '/proc/stat',
  ];
}

function clocksRecord(
  clocks: SessionClocks,
  probe: ReturnType<typeof probeTiming>,
  device: ComputeDevice,
  { fallbackReason, offCpu, pin }: OpenedSources,
): ClocksRecord {
  const calibration = calibrateSnapshot(clocks.snapshot);
  const { verdict } = clocks;
  return {
    tier: verdict.tier,
    tierTitle: verdict.title,
    tierReason: verdict.reason,
    stealBound: verdict.stealBound,
    snapshotClock:
      fallbackReason === undefined ? clocks.snapshot.name : `${clocks.snapshot.name} (${fallbackReason})`,
    wallClock: clocks.snapshot.wallClock,
    stampClock: clocks.stamp.name,
    pinnedCpu: mapAvailable(pin, ({ cpu }) => cpu),
    switchBias: mapAvailable(offCpu, ({ bias }) => ({ ...bias })),
    workerThreads: clocks.workers === null ? 0 : clocks.driverThreads().length,
    briefCostNs: calibration.briefCostMedianNs,
    snapshotCostNs: calibration.costMedianNs,
    snapshotWidthNs: calibration.widthMedianNs,
    stampCostNs: clocks.stamp.costNs,
    sources: measureSources(sourcesOf(clocks), {
      costLimitNs: SOURCE_LIMIT_NS,
      stepLimitNs: SOURCE_LIMIT_NS,
    }),
    stallWatch: unavailable('not watched'),
    nullWindows:
      'reason' in calibration.nullWindows
        ? unavailable(calibration.nullWindows.reason)
        : available(calibration.nullWindows),
    calibratedClock: device.calibratedClock,
    capabilities: Object.fromEntries(Object.entries(probe.capabilities)),
  };
}
