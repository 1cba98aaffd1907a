// Opens everything a process measures with: device, clocks, tier; and writes down what was found. The
// tool's own costs are measured here, before any case.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import type { BindingRecord, ClocksRecord } from '../report/report.ts';
import type { SessionClocks } from '../suite/session.ts';
import {
  calibrateSnapshot,
  countCaseSteal,
  openSnapshotClock,
  openStampClock,
  probeTiming,
  type StampClock,
  type TierVerdict,
} from '../timing/index.ts';
import type { ComputeDevice } from '../vulkan/compute-device.ts';
import { type DebugMessage, openDevice, type VulkanBinding } from '../vulkan/index.ts';
import type { DeviceRequest, SessionRecord } from './protocol.ts';

/** An open device with its clocks and the record of what was found. */
export interface OpenedSession extends Disposable {
  readonly device: ComputeDevice;
  readonly clocks: SessionClocks;
  readonly record: SessionRecord;
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
    const opened = scope.use(
      openDevice({
        binding: request.binding,
        validate: request.validate,
        onMessage,
        ...(request.device === null ? {} : { match: request.device }),
        ...(request.queueFamily === null ? {} : { queueFamily: request.queueFamily }),
      }),
    );
    const { device, binding } = opened;
    const { clock: snapshot, fallbackReason } = openSnapshotClock();
    scope.use(snapshot);
    const stamp = stampClockFor(device);
    // The first steal since boot can change what is found: one report, one tier.
    const probe = probeTiming(earlier === null ? {} : { observeLimitNs: 0 });
    const verdict = earlier ?? probe.verdict;
    const clocks: SessionClocks = {
      snapshot,
      stamp,
      verdict,
      countSteal: countCaseSteal,
    };
    const record = {
      device: device.info,
      queueFamilyIndex: device.queueFamilyIndex,
      binding: bindingRecord(request, binding, emptySubmitCpuNs(device, clocks)),
      clocks: clocksRecord(clocks, probe, device, fallbackReason),
      verdict,
    };
    return { device, clocks, record, [Symbol.dispose]: () => scope[Symbol.dispose]() };
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

function clocksRecord(
  clocks: SessionClocks,
  probe: ReturnType<typeof probeTiming>,
  device: ComputeDevice,
  fallbackReason: string | undefined,
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
    snapshotCostNs: calibration.costMedianNs,
    snapshotWidthNs: calibration.widthMedianNs,
    stampCostNs: clocks.stamp.costNs,
    nullWindows:
      'reason' in calibration.nullWindows
        ? unavailable(calibration.nullWindows.reason)
        : available(calibration.nullWindows),
    calibratedClock: device.calibratedClock,
    capabilities: Object.fromEntries(Object.entries(probe.capabilities)),
  };
}
