// A VkBuffer bound to VkDeviceMemory of its own, and the mapping of that memory. One allocation a
// buffer: the suite holds a handful of large buffers, so a sub-allocator would only blur the sizes.

import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import type { MemoryUse } from './compute-device.ts';
import type { MemoryTypeInfo } from './device-info.ts';
import type { LogicalDevice } from './logical-device.ts';
import { pickMemoryType } from './memory-type.ts';
import {
  VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT,
  VK_BUFFER_USAGE_STORAGE_BUFFER_BIT,
  VK_BUFFER_USAGE_TRANSFER_DST_BIT,
  VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
  VK_WHOLE_SIZE,
} from './registry/constants.ts';
import { outHandle, readStruct, struct } from './struct.ts';
import { check } from './vulkan-error.ts';

/** Mapped in windows: Node 20 cannot wrap 4 GiB, and a window bounds the address space in use. */
export const MAP_WINDOW_BYTES: number = 2 ** 30;

const USAGE =
  VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
  VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
  VK_BUFFER_USAGE_TRANSFER_DST_BIT |
  VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT;

/** A buffer with its memory. Disposing frees both, in order. */
export interface BoundBuffer extends Disposable {
  readonly handle: bigint;
  readonly memory: bigint;
  readonly bytes: number;
  /** Size of the allocation, at least `bytes`. */
  readonly allocatedBytes: number;
  readonly type: MemoryTypeInfo;
  /** Its live mappings, which die with it. */
  readonly mappings: Set<Disposable>;
}

/** Creates a buffer for storage, transfer and indirect dispatch, allocates its memory and binds it. */
export function createBoundBuffer(device: LogicalDevice, bytes: number, use: MemoryUse): BoundBuffer {
  const scope = new Scope();
  try {
    return bindBuffer(device, bytes, use, scope);
  } catch (error) {
    scope[Symbol.dispose]();
    throw error;
  }
}

function bindBuffer(device: LogicalDevice, bytes: number, use: MemoryUse, scope: Scope): BoundBuffer {
  const { commands, handle: owner } = device;
  const out = outHandle();
  const info = struct('VkBufferCreateInfo', { size: bytes, usage: USAGE });
  check('vkCreateBuffer', commands.vkCreateBuffer(owner, info.memory, null, out.memory));
  const handle = out.value;
  scope.defer(() => commands.vkDestroyBuffer(owner, handle, null));
  const requirements = struct('VkMemoryRequirements', {});
  commands.vkGetBufferMemoryRequirements(owner, handle, requirements.memory);
  const { size, memoryTypeBits } = readStruct(requirements) as { size: bigint; memoryTypeBits: number };
  const { memoryTypes: types, memoryHeaps: heaps } = device.info;
  const type = pickMemoryType(use, { types, heaps, typeBits: memoryTypeBits });
  const allocation = struct('VkMemoryAllocateInfo', { allocationSize: size, memoryTypeIndex: type.index });
  check('vkAllocateMemory', commands.vkAllocateMemory(owner, allocation.memory, null, out.memory));
  const memory = out.value;
  scope.defer(() => commands.vkFreeMemory(owner, memory, null));
  check('vkBindBufferMemory', commands.vkBindBufferMemory(owner, handle, memory, 0));
  const mappings = new Set<Disposable>();
  return {
    handle,
    memory,
    bytes,
    allocatedBytes: Number(size),
    type,
    mappings,
    // A buffer is destroyed before the memory it is bound to; the scope would do it the other way round.
    [Symbol.dispose]: () => {
      for (const mapping of mappings) mapping[Symbol.dispose]();
      if (device.abandoned) return;
      commands.vkDestroyBuffer(owner, handle, null);
      commands.vkFreeMemory(owner, memory, null);
    },
  };
}

/** Mapped memory that dies with its owner: after disposal the bytes can no longer be reached. */
export interface MappedMemory extends Disposable {
  /**
   * The mapped bytes.
   *
   * @throws GuestmarkError (vulkan) after disposal, instead of the crash a stale view would cause.
   */
  readonly bytes: Uint8Array;
  /** Makes CPU writes visible to the device (a no-op for coherent memory). */
  flush(): void;
  /** Makes device writes visible to the CPU (a no-op for coherent memory). */
  invalidate(): void;
}

/**
 * Maps a range of a host-visible buffer's memory.
 *
 * @param offset A multiple of {@link MAP_WINDOW_BYTES}.
 * @param length At most {@link MAP_WINDOW_BYTES}.
 */
export function mapMemory(
  device: LogicalDevice,
  buffer: BoundBuffer,
  offset: number,
  length: number,
): MappedMemory {
  const { commands, handle: owner } = device;
  const pointer = outHandle();
  // Flushed and invalidated ranges must be whole atoms or reach the end of the allocation.
  const atom = device.info.limits.nonCoherentAtomSize;
  const atoms = Math.ceil(length / atom) * atom;
  const size = offset + atoms >= buffer.allocatedBytes ? VK_WHOLE_SIZE : BigInt(atoms);
  check('vkMapMemory', commands.vkMapMemory(owner, buffer.memory, offset, size, 0, pointer.memory));
  let view: Uint8Array | null = new Uint8Array(device.instance.binding.viewMemory(pointer.value, length));
  const range = struct('VkMappedMemoryRange', { memory: buffer.memory, offset, size });
  const mapping: MappedMemory = {
    get bytes() {
      if (view !== null) return view;
      throw new GuestmarkError('vulkan', 'Cannot use mapped memory: it was unmapped', {
        hint: 'map it again',
      });
    },
    flush: () => {
      if (buffer.type.hostCoherent) return;
      check('vkFlushMappedMemoryRanges', commands.vkFlushMappedMemoryRanges(owner, 1, range.memory));
    },
    invalidate: () => {
      if (buffer.type.hostCoherent) return;
      check(
        'vkInvalidateMappedMemoryRanges',
        commands.vkInvalidateMappedMemoryRanges(owner, 1, range.memory),
      );
    },
    [Symbol.dispose]: () => {
      if (view === null) return;
      detach(view.buffer as ArrayBuffer);
      view = null;
      buffer.mappings.delete(mapping);
      if (!device.abandoned) commands.vkUnmapMemory(owner, buffer.memory);
    },
  };
  buffer.mappings.add(mapping);
  return mapping;
}

/**
 * Makes every view of the buffer empty, also one that was kept. Node 20 cannot (there is no `transfer`, and
 * structuredClone copies external memory): there a kept view stays readable, and only the owner's is safe.
 */
function detach(memory: ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }): void {
  memory.transfer?.(0);
}
