// Buffers as the suite uses them: written from and read into CPU memory, whatever their memory type.
// Mapped directly where the CPU can reach the memory, else through a staging buffer of bounded size.

import { GuestmarkError } from '../base/errors.ts';
import type { BufferRequest, DeviceBuffer } from './compute-device.ts';
import { type BoundBuffer, createBoundBuffer, MAP_WINDOW_BYTES, mapMemory } from './device-memory.ts';
import type { LogicalDevice } from './logical-device.ts';
import { structArray } from './struct.ts';
import { submitOnce } from './submit-once.ts';

const STAGING_BYTES = 64 * 2 ** 20;

/** A {@link DeviceBuffer} with the Vulkan handle behind it. */
export interface VulkanBuffer extends DeviceBuffer {
  readonly handle: bigint;
}

/** Creates a buffer. Sizes are rounded up to whole 32-bit words, as vkCmdFillBuffer needs them. */
export function createDeviceBuffer(device: LogicalDevice, request: BufferRequest): VulkanBuffer {
  const { name, memory } = request;
  const bytes = checkedBytes(device, request);
  const bound = createBoundBuffer(device, bytes, memory);
  const { hostVisible, hostCached } = bound.type;
  return {
    name,
    bytes,
    memory,
    handle: bound.handle,
    write: (data) => {
      checkRange(name, bytes, data.byteLength);
      if (hostVisible) writeMapped(device, bound, data);
      else writeStaged(device, bound, data);
    },
    read: (into) => {
      checkRange(name, bytes, into.byteLength);
      // Reading uncached memory, such as a BAR, costs about a microsecond a word: a copy is far faster.
      if (hostVisible && hostCached) readMapped(device, bound, into);
      else readStaged(device, bound, into);
    },
    [Symbol.dispose]: () => bound[Symbol.dispose](),
  };
}

function checkedBytes(device: LogicalDevice, { name, bytes: wanted }: BufferRequest): number {
  const limit = device.info.limits.maxStorageBufferRange;
  if (!Number.isInteger(wanted) || wanted <= 0) {
    throw new GuestmarkError('usage', `Cannot create buffer "${name}": ${wanted} is not a size`, {
      hint: 'a size is a whole number of bytes, at least 1',
    });
  }
  // Bound with its whole size, so it is the rounded size that must fit.
  const bytes = Math.ceil(wanted / 4) * 4;
  if (bytes > limit) {
    throw new GuestmarkError(
      'unsupported',
      `Cannot create buffer "${name}": ${bytes} bytes are more than the device's maxStorageBufferRange of ${limit}`,
      {
        hint: 'lower the size axis of the benchmark',
      },
    );
  }
  return bytes;
}

function checkRange(name: string, bytes: number, length: number): void {
  if (length > bytes)
    throw new GuestmarkError('usage', `Cannot copy ${length} bytes: buffer "${name}" has ${bytes}`, {
      hint: 'create a larger buffer or copy less',
    });
}

/** Calls `each` for windows of at most `window` bytes that cover `length`. */
function forWindows(length: number, window: number, each: (offset: number, count: number) => void): void {
  for (let offset = 0; offset < length; offset += window) each(offset, Math.min(window, length - offset));
}

function writeMapped(device: LogicalDevice, bound: BoundBuffer, data: Uint8Array): void {
  forWindows(data.byteLength, MAP_WINDOW_BYTES, (offset, count) => {
    using mapped = mapMemory(device, bound, offset, count);
    mapped.bytes.set(data.subarray(offset, offset + count));
    mapped.flush();
  });
}

function readMapped(device: LogicalDevice, bound: BoundBuffer, into: Uint8Array): void {
  forWindows(into.byteLength, MAP_WINDOW_BYTES, (offset, count) => {
    using mapped = mapMemory(device, bound, offset, count);
    mapped.invalidate();
    into.set(mapped.bytes, offset);
  });
}

function writeStaged(device: LogicalDevice, bound: BoundBuffer, data: Uint8Array): void {
  using staging = createBoundBuffer(device, Math.min(STAGING_BYTES, bound.bytes), 'upload');
  forWindows(data.byteLength, staging.bytes, (offset, count) => {
    writeMapped(device, staging, data.subarray(offset, offset + count));
    copyOnce(device, staging, bound, { srcOffset: 0, dstOffset: offset, size: count });
  });
}

function readStaged(device: LogicalDevice, bound: BoundBuffer, into: Uint8Array): void {
  using staging = createBoundBuffer(device, Math.min(STAGING_BYTES, bound.bytes), 'download');
  forWindows(into.byteLength, staging.bytes, (offset, count) => {
    copyOnce(device, bound, staging, { srcOffset: offset, dstOffset: 0, size: count });
    readMapped(device, staging, into.subarray(offset, offset + count));
  });
}

interface Region {
  readonly srcOffset: number;
  readonly dstOffset: number;
  readonly size: number;
}

function copyOnce(device: LogicalDevice, from: BoundBuffer, to: BoundBuffer, region: Region): void {
  submitOnce(device, (commandBuffer) => {
    const regions = structArray('VkBufferCopy', [region]);
    device.commands.vkCmdCopyBuffer(commandBuffer, from.handle, to.handle, 1, regions.memory);
  });
}
