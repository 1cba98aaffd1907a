// Buffers as the suite uses them: written from and read into CPU memory, whatever their memory type.
// Mapped directly where the CPU can reach the memory, else through a staging buffer of bounded size. A guard
// behind the buffer belongs to its memory and to no descriptor.

import { GuestmarkError } from '../base/errors.ts';
import type { BufferRequest, DeviceBuffer } from './compute-device.ts';
import { type BoundBuffer, createBoundBuffer } from './device-memory.ts';
import { firstTouchedByte, GUARD_WORD, roundedGuardBytes } from './guard.ts';
import type { LogicalDevice } from './logical-device.ts';
import { forWindows, readMapped, STAGING_BYTES, writeMapped } from './mapped-copy.ts';
import { structArray } from './struct.ts';
import { submitOnce } from './submit-once.ts';

/** A {@link DeviceBuffer} with the Vulkan handle behind it. */
export interface VulkanBuffer extends DeviceBuffer {
  readonly handle: bigint;
}

/** Creates a buffer. Sizes are rounded up to whole 32-bit words, as vkCmdFillBuffer needs them. */
export function createDeviceBuffer(device: LogicalDevice, request: BufferRequest): VulkanBuffer {
  const { name, memory } = request;
  const bytes = checkedBytes(device, request);
  const guardBytes = roundedGuardBytes(request.guardBytes);
  const bound = createBoundBuffer(device, bytes + guardBytes, memory, name);
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
    fillGuard: () => {
      if (guardBytes > 0) fillOnce(device, bound, bytes, guardBytes);
    },
    firstTouchedGuardByte: () => {
      if (guardBytes === 0) return null;
      const guard = new Uint8Array(guardBytes);
      readStaged(device, bound, guard, bytes);
      return firstTouchedByte(guard);
    },
    [Symbol.dispose]: () => bound[Symbol.dispose](),
  };
}

function checkedBytes(device: LogicalDevice, { name, bytes: wanted, usage }: BufferRequest): number {
  if (!Number.isInteger(wanted) || wanted <= 0) {
    throw new GuestmarkError('usage', `Cannot create buffer "${name}": ${wanted} is not a size`, {
      hint: 'a size is a whole number of bytes, at least 1',
    });
  }
  // Bound with its whole size, so it is the rounded size that must fit.
  const bytes = Math.ceil(wanted / 4) * 4;
  if (usage === 'transfer') return bytes;
  const limitName = usage === 'uniform' ? 'maxUniformBufferRange' : 'maxStorageBufferRange';
  const limit = device.info.limits[limitName];
  if (bytes > limit) {
    throw new GuestmarkError(
      'unsupported',
      `Cannot create buffer "${name}": ${bytes} bytes are more than the device's ${limitName} of ${limit}`,
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

function writeStaged(device: LogicalDevice, bound: BoundBuffer, data: Uint8Array): void {
  using staging = createBoundBuffer(device, Math.min(STAGING_BYTES, bound.bytes), 'upload');
  forWindows(data.byteLength, staging.bytes, (offset, count) => {
    writeMapped(device, staging, data.subarray(offset, offset + count));
    copyOnce(device, staging, bound, { srcOffset: 0, dstOffset: offset, size: count });
  });
}

function readStaged(device: LogicalDevice, bound: BoundBuffer, into: Uint8Array, from = 0): void {
  using staging = createBoundBuffer(device, Math.min(STAGING_BYTES, bound.bytes), 'download');
  forWindows(into.byteLength, staging.bytes, (offset, count) => {
    copyOnce(device, bound, staging, { srcOffset: from + offset, dstOffset: 0, size: count });
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

function fillOnce(device: LogicalDevice, { handle }: BoundBuffer, offset: number, bytes: number): void {
  submitOnce(device, (commandBuffer) =>
    device.commands.vkCmdFillBuffer(commandBuffer, handle, offset, bytes, GUARD_WORD),
  );
}
