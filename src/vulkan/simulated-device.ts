// A pretended ComputeDevice that computes in JavaScript and tells whatever time it is told to: the
// whole product can be tested in milliseconds, and faults can be injected. Never chosen for a user.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { reflectKernel } from '../shader/reflect.ts';
import type {
  BufferRequest,
  ComputeDevice,
  DeviceBuffer,
  DeviceCalibration,
  DeviceImage,
  DeviceStep,
  DeviceTicks,
  Groups,
  ImageRequest,
  Kernel,
  NamedValues,
  Submission,
  SubmissionRequest,
} from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';

/** What a simulated kernel gets: its buffers as bytes, by binding name. */
export interface SimulatedDispatch {
  readonly buffers: Readonly<Record<string, Uint8Array>>;
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

interface SimulatedBuffer extends DeviceBuffer {
  readonly contents: Uint8Array;
}

interface SimulatedImage extends DeviceImage {
  readonly contents: Uint8Array;
}

interface SimulatedKernel extends Kernel {
  readonly spirv: Uint8Array;
  readonly constants: NamedValues;
}

/** Opens a simulated device. */
export function openSimulatedDevice(options: SimulationOptions = {}): ComputeDevice {
  const noClock = unavailable('the simulated device has no calibrated clock');
  return {
    info: { ...SIMULATED_INFO, ...options.info },
    queueFamilyIndex: 0,
    usable: true,
    timestampValidBits: options.nowTicks === undefined ? 0 : (options.timestampValidBits ?? 64),
    timestampPeriodNs: 1,
    calibratedClock: options.calibrate === undefined ? noClock : available('CLOCK_MONOTONIC'),
    createBuffer,
    createImage,
    createKernel,
    record: (request) => simulatedSubmission(options, request),
    calibrate: () => (options.calibrate === undefined ? noClock : available(options.calibrate())),
    waitIdle: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

const GUARD_PATTERN = 0xa5;

/** A kernel reaches the guard bytes by the ArrayBuffer behind its contents. */
function createBuffer({ name, bytes, memory, guardBytes = 0 }: BufferRequest): SimulatedBuffer {
  const whole = new Uint8Array(bytes + guardBytes);
  const [contents, guard] = [whole.subarray(0, bytes), whole.subarray(bytes)];
  return {
    name,
    bytes,
    memory,
    contents,
    write: (data) => contents.set(data),
    read: (into) => into.set(contents.subarray(0, into.byteLength)),
    fillGuard: () => guard.fill(GUARD_PATTERN),
    firstTouchedGuardByte: () => {
      const index = guard.findIndex((byte) => byte !== GUARD_PATTERN);
      return index === -1 ? null : index;
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** Bytes of a component by the end of the format's name: rgba32f, r16ui, rgba8. */
function createImage({ name, format, extent }: ImageRequest): SimulatedImage {
  const [, components = '', bits] = /^([rgba]+)(8|16|32)/.exec(format) ?? [];
  if (bits === undefined)
    throw new GuestmarkError(
      'unsupported',
      `Cannot create image "${name}": no format ${format} is simulated`,
    );
  const [width, height, depth] = extent;
  const contents = new Uint8Array(width * height * depth * components.length * (Number(bits) / 8));
  return {
    name,
    bytes: contents.byteLength,
    extent,
    contents,
    write: (data) => contents.set(data),
    read: (into) => into.set(contents.subarray(0, into.byteLength)),
    [Symbol.dispose]: () => undefined,
  };
}

function createKernel(spirv: Uint8Array, constants: NamedValues, entryPoint?: string): SimulatedKernel {
  const [x, y, z] = reflectKernel(spirv, entryPoint).localSize;
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
  const buffers = Object.entries(step.buffers).map(
    ([name, buffer]) => [name, (buffer as SimulatedBuffer | SimulatedImage).contents] as const,
  );
  const groups = 'buffer' in step.groups ? readGroups(step.groups) : step.groups;
  options.execute?.(spirv, { buffers: Object.fromEntries(buffers), push: step.push, constants, groups });
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
  driver: { name: NOT_REAL, info: NOT_REAL, version: 0 },
  uuid: NOT_REAL,
  pciAddress: NOT_REAL,
  subgroupSize: NOT_REAL,
  queueFamilies: [
    { index: 0, queueCount: 1, graphics: false, compute: true, transfer: true, timestampValidBits: 64 },
  ],
  memoryHeaps: [{ index: 0, bytes: 2 ** 30, deviceLocal: true }],
  memoryTypes: [
    { index: 0, heapIndex: 0, deviceLocal: true, hostVisible: true, hostCoherent: true, hostCached: true },
  ],
  limits: {
    maxStorageBufferRange: 2 ** 27,
    maxPushConstantsSize: 128,
    maxMemoryAllocationCount: 4096,
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
