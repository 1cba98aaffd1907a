// The seam between the suite and whatever computes: a Vulkan device, or a simulated one for tests and
// for faults that cannot be provoked. Speaks of buffers, kernels and submissions; nothing here
// measures, and nothing here knows benchmarks.
import type { Available } from '../base/availability.ts';
import type { DeviceInfo } from './device-info.ts';
import type { LogicalDevice } from './logical-device.ts';

/** Where a buffer lives: on the device, or where the CPU writes to (upload) or reads from (download). */
export type MemoryUse = 'device' | 'upload' | 'download';

/** How a shader declares a buffer; `transfer` where none does. */
export type BufferUsage = 'storage' | 'uniform' | 'transfer';

/** A buffer to create. */
export interface BufferRequest {
  readonly name: string;
  readonly bytes: number;
  readonly memory: MemoryUse;
  /**
   * The descriptor it is bound with; default `storage`. Any buffer can be copied and filled; one for `transfer` alone is
   * bound with none, so that no limit of descriptors holds for it.
   */
  readonly usage?: BufferUsage;
  /** Bytes behind the buffer that no descriptor covers, for {@link DeviceBuffer.firstTouchedGuardByte}. Default 0. */
  readonly guardBytes?: number;
}

/** An image to create; it is kept in the layout GENERAL. */
export interface ImageRequest {
  readonly name: string;
  /** As GLSL spells it: `rgba32f`, `r32ui`, `rgba8`. */
  readonly format: string;
  readonly dimensions: '1d' | '2d' | '3d';
  /** Texels along each axis, 1 for those it lacks. */
  readonly extent: readonly [width: number, height: number, depth: number];
}

/** A storage image on the device; freed with its owner. */
export interface DeviceImage extends Disposable {
  readonly name: string;
  /** Of all texels, tightly packed. */
  readonly bytes: number;
  readonly extent: ImageRequest['extent'];
  /** Copies tightly packed texels to the image and waits until the device can see them. */
  write(data: Uint8Array): void;
  /** Copies all texels, tightly packed, after all earlier submissions ended. */
  read(into: Uint8Array): void;
}

/** A buffer on the device; freed with its owner. */
export interface DeviceBuffer extends Disposable {
  readonly name: string;
  readonly bytes: number;
  readonly memory: MemoryUse;
  /** Copies `data` to the start of the buffer and waits until the device can see it. */
  write(data: Uint8Array): void;
  /** Copies the first `into.byteLength` bytes of the buffer, after all earlier submissions ended. */
  read(into: Uint8Array): void;
  /** Puts a pattern into the guard bytes. Does nothing where there are none. */
  fillGuard(): void;
  /** Offset from the buffer's end of the first guard byte that no longer has the pattern; null where all have. */
  firstTouchedGuardByte(): number | null;
}

/**
 * Values for specialization constants and push constants, by the names the shader gives them; those without a name go
 * by `constant<id>`. A list has a value for every scalar of a push constant, in the order of offsets.
 */
export type NamedValues = Readonly<Record<string, number | bigint | readonly (number | bigint)[]>>;

/** A compute pipeline made from SPIR-V with its specialization constants set. */
export interface Kernel extends Disposable {
  readonly localSize: readonly [number, number, number];
}

/** Workgroup counts of a dispatch. */
export type Groups = readonly [x: number, y: number, z: number];

/** Where an indirect dispatch finds its workgroup counts: three uint32 at `offset`, a multiple of 4. */
export interface IndirectGroups {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
}

/** A step that runs a kernel. */
export interface DispatchStep {
  readonly op: 'dispatch';
  readonly kernel: Kernel;
  /** Buffers and images by the name of the binding in the shader. */
  readonly buffers: Readonly<Record<string, DeviceBuffer | DeviceImage>>;
  readonly push: NamedValues;
  /** Workgroup counts, or the buffer that holds them. */
  readonly groups: Groups | IndirectGroups;
}

/** One thing a submission does. Between two steps the device sees all writes of the first. */
export type DeviceStep =
  | DispatchStep
  | { readonly op: 'copy'; readonly from: DeviceBuffer; readonly to: DeviceBuffer; readonly bytes: number }
  | { readonly op: 'fill'; readonly buffer: DeviceBuffer; readonly value: number };

/** How the CPU learns that a submission ended. */
export type WaitMode = 'spin' | 'block';

/** What a recorded submission does. */
export interface SubmissionRequest {
  readonly steps: readonly DeviceStep[];
  /** How often the steps are repeated in the one submission. */
  readonly iterations: number;
  /** Whether the device writes a timestamp before the first and after the last step. */
  readonly timestamps: boolean;
}

/** Raw device timestamps of the last completed submission, already masked to the valid bits. */
export interface DeviceTicks {
  readonly begin: bigint;
  readonly end: bigint;
}

/**
 * A recorded command buffer that can be submitted again and again. The three calls are separate so
 * that the suite can put clocks between them; they allocate nothing.
 */
export interface Submission extends Disposable {
  /** vkQueueSubmit. */
  submit(): void;
  /**
   * Returns when the submission ended on the device.
   *
   * @throws GuestmarkError (timeout) after `limitNs`; the device is then unusable.
   */
  wait(mode: WaitMode, limitNs: number): void;
  /** vkResetFences: makes the submission ready to be submitted again. */
  reset(): void;
  /** The timestamps of the last submission; unavailable where the queue family has none. */
  ticks(): Available<DeviceTicks>;
}

/** One reading of the device clock and a CPU clock at the same instant, as the driver gives it. */
export interface DeviceCalibration {
  readonly deviceTicks: bigint;
  /** Nanoseconds of {@link ComputeDevice.calibratedClock}. */
  readonly cpuNs: bigint;
  readonly maxDeviationNs: number;
}

/** A device that runs kernels. Owns everything created from it; disposing frees all of it in order. */
export interface ComputeDevice extends Disposable {
  readonly info: DeviceInfo;
  /** The queue family in use. */
  readonly queueFamilyIndex: number;
  /** False once the device hung or was lost: nothing may be called any more, and nothing is freed. */
  readonly usable: boolean;
  /** Bits of a timestamp that count; 0 where there are none. */
  readonly timestampValidBits: number;
  /** Nanoseconds per tick (VkPhysicalDeviceLimits::timestampPeriod, a float). */
  readonly timestampPeriodNs: number;
  /** The CPU clock that {@link calibrate} reads, or why there is none. */
  readonly calibratedClock: Available<'CLOCK_MONOTONIC' | 'CLOCK_MONOTONIC_RAW'>;
  /** The device in raw Vulkan, for what has no word here; what is made from it its maker frees before the device. */
  readonly vulkan: Available<LogicalDevice>;
  createBuffer(request: BufferRequest): DeviceBuffer;
  /** @throws GuestmarkError (unsupported) for a format or size that the device lacks. */
  createImage(request: ImageRequest): DeviceImage;
  /**
   * @throws GuestmarkError (usage) for a constant or push constant that the shader does not have, or
   * one it needs and did not get; (unsupported) where the device lacks what the shader needs.
   */
  createKernel(spirv: Uint8Array, constants: NamedValues, entryPoint?: string): Kernel;
  record(request: SubmissionRequest): Submission;
  /** Reads device and CPU clock together. Costs one native call. */
  calibrate(): Available<DeviceCalibration>;
  /** vkDeviceWaitIdle. */
  waitIdle(): void;
}
