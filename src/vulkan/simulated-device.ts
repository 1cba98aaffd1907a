// A pretended ComputeDevice that computes in JavaScript and tells whatever time it is told to: the
// whole product can be tested in milliseconds, and faults can be injected. Never chosen for a user.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { reflectKernel } from '../shader/reflect.ts';
import type {
  ComputeDevice,
  DeviceBuffer,
  DeviceCalibration,
  DeviceStep,
  DeviceTicks,
  Groups,
  Kernel,
  NamedValues,
  Submission,
  SubmissionRequest,
} from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';
import { checkSupport } from './kernel-limits.ts';
import {
  type SimulatedBuffer,
  type SimulatedImage,
  simulatedBuffer,
  simulatedImage,
} from './simulated-resources.ts';

/** What a simulated kernel gets: its buffers and images as bytes, by binding name. */
export interface SimulatedDispatch {
  readonly buffers: Readonly<Record<string, Uint8Array>>;
  /** The bytes behind each buffer that it must not touch; empty for images. */
  readonly guards: Readonly<Record<string, Uint8Array>>;
  readonly push: NamedValues;
  readonly constants: NamedValues;
  readonly groups: Groups;
}

/** The behaviour of a simulated device. */
export interface SimulationOptions {
  /** What a dispatch of the SPIR-V does. */
  readonly execute?: (spirv: Uint8Array, dispatch: SimulatedDispatch) => void;
  /** Moves the simulated time during the submit call; default: nothing passes. */
  readonly onSubmit?: (request: SubmissionRequest) => void;
  /** Moves the simulated time while the CPU waits; may throw, as a hanging device does. */
  readonly onWait?: (request: SubmissionRequest) => void;
  /** The device clock in ticks of one nanosecond; default: none, so no timestamps. */
  readonly nowTicks?: () => bigint;
  /** How long the device works on a submission, from the end of the submit call on. Default 0. */
  readonly deviceTicks?: (request: SubmissionRequest) => bigint;
  /** Both clocks at one instant; default: no calibration. */
  readonly calibrate?: () => DeviceCalibration;
  readonly info?: Partial<DeviceInfo>;
  /** Valid bits of the device clock. Default 64. */
  readonly timestampValidBits?: number;
}

interface SimulatedKernel extends Kernel {
  readonly spirv: Uint8Array;
  readonly constants: NamedValues;
}

/** Opens a simulated device. */
export function openSimulatedDevice(options: SimulationOptions = {}): ComputeDevice {
  const noClock = unavailable('the simulated device has no calibrated clock');
  const info: DeviceInfo = { ...SIMULATED_INFO, ...options.info };
  return {
    info,
    queueFamilyIndex: 0,
    usable: true,
    timestampValidBits: options.nowTicks === undefined ? 0 : (options.timestampValidBits ?? 64),
    timestampPeriodNs: 1,
    calibratedClock: options.calibrate === undefined ? noClock : available('CLOCK_MONOTONIC'),
    vulkan: NOT_REAL,
    createBuffer: simulatedBuffer,
    createImage: (request) => simulatedImage(info, request),
    createKernel,
    record: (request) => simulatedSubmission(options, request),
    calibrate: () => (options.calibrate === undefined ? noClock : available(options.calibrate())),
    waitIdle: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

function createKernel(spirv: Uint8Array, constants: NamedValues, entryPoint?: string): SimulatedKernel {
  const reflected = reflectKernel(spirv, entryPoint);
  checkSupport(reflected);
  const [x, y, z] = reflected.localSize;
  return { spirv, constants, localSize: [x.value, y.value, z.value], [Symbol.dispose]: () => undefined };
}

function simulatedSubmission(options: SimulationOptions, request: SubmissionRequest): Submission {
  const now = options.nowTicks;
  let ticks: Available<DeviceTicks> = unavailable('nothing was submitted');
  let pending = false;
  return {
    submit: () => {
      if (pending) {
        throw new GuestmarkError('vulkan', 'Cannot submit: the fence was not reset', {
          hint: 'call reset() after wait()',
        });
      }
      pending = true;
      options.onSubmit?.(request);
      const begin = now?.();
      for (let i = 0; i < request.iterations; i++)
        for (const step of request.steps) executeStep(options, step);
      const end = (begin ?? 0n) + (options.deviceTicks?.(request) ?? 0n);
      ticks =
        request.timestamps && begin !== undefined ? available({ begin, end }) : unavailable('no timestamps');
    },
    wait: () => options.onWait?.(request),
    reset: () => {
      pending = false;
    },
    ticks: () => ticks,
    [Symbol.dispose]: () => undefined,
  };
}

function executeStep(options: SimulationOptions, step: DeviceStep): void {
  if (step.op === 'fill') {
    const { contents } = step.buffer as SimulatedBuffer;
    new Uint32Array(contents.buffer, 0, contents.byteLength >> 2).fill(step.value);
    return;
  }
  if (step.op === 'copy') {
    (step.to as SimulatedBuffer).contents.set(
      (step.from as SimulatedBuffer).contents.subarray(0, step.bytes),
    );
    return;
  }
  const { spirv, constants } = step.kernel as SimulatedKernel;
  const bound = Object.entries(step.buffers) as [string, SimulatedBuffer | SimulatedImage][];
  const buffers = Object.fromEntries(bound.map(([name, { contents }]) => [name, contents]));
  const guards = Object.fromEntries(
    bound.map(([name, one]) => [name, 'guard' in one ? one.guard : new Uint8Array(0)]),
  );
  const groups = 'buffer' in step.groups ? readGroups(step.groups) : step.groups;
  options.execute?.(spirv, { buffers, guards, push: step.push, constants, groups });
}

function readGroups({ buffer, offset }: { readonly buffer: DeviceBuffer; readonly offset: number }): Groups {
  const words = new Uint32Array((buffer as SimulatedBuffer).contents.buffer, offset, 3);
  return [words[0] as number, words[1] as number, words[2] as number];
}

const NOT_REAL = unavailable('the device is simulated');

const SIMULATED_INFO: DeviceInfo = {
  index: 0,
  name: 'simulated device',
  type: 'other',
  software: true,
  vendorId: 0,
  deviceId: 0,
  apiVersion: '1.1.0',
  driver: { id: NOT_REAL, name: NOT_REAL, info: NOT_REAL, version: 0 },
  uuid: NOT_REAL,
  pciAddress: NOT_REAL,
  renderNode: NOT_REAL,
  subgroupSize: NOT_REAL,
  subgroupOperations: NOT_REAL,
  subgroupsInCompute: NOT_REAL,
  cooperativeMatrices: NOT_REAL,
  floatControls: [],
  queueFamilies: [
    { index: 0, queueCount: 1, graphics: false, compute: true, transfer: true, timestampValidBits: 64 },
  ],
  memoryHeaps: [{ index: 0, bytes: 2 ** 30, deviceLocal: true }],
  memoryTypes: [
    { index: 0, heapIndex: 0, deviceLocal: true, hostVisible: true, hostCoherent: true, hostCached: true },
  ],
  limits: {
    maxImageDimension1D: 4096,
    maxImageDimension2D: 4096,
    maxImageDimension3D: 256,
    maxUniformBufferRange: 16384,
    maxStorageBufferRange: 2 ** 27,
    maxPushConstantsSize: 128,
    maxMemoryAllocationCount: 4096,
    maxBoundDescriptorSets: 4,
    maxPerStageDescriptorUniformBuffers: 12,
    maxPerStageDescriptorStorageBuffers: 16,
    maxPerStageDescriptorStorageImages: 8,
    maxPerStageResources: 128,
    maxComputeSharedMemorySize: 16384,
    maxComputeWorkGroupCount: [65535, 65535, 65535],
    maxComputeWorkGroupInvocations: 128,
    maxComputeWorkGroupSize: [128, 128, 64],
    minStorageBufferOffsetAlignment: 256,
    nonCoherentAtomSize: 256,
    timestampPeriodNs: 1,
    timestampComputeAndGraphics: true,
  },
  features: [],
  extensions: [],
};
