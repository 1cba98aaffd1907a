// A VkBuffer bound to VkDeviceMemory of its own, and the mapping of that memory. One allocation a
// buffer: the suite holds a handful of large buffers, so a sub-allocator would only blur the sizes.

import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { checkAlive } from './check-alive.ts';
import type { MemoryTypeInfo } from './device-info.ts';
import type { LogicalDevice } from './logical-device.ts';
import { allocateMemory, type MemoryPlace } from './memory-allocation.ts';
import {
  VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT,
  VK_BUFFER_USAGE_STORAGE_BUFFER_BIT,
  VK_BUFFER_USAGE_TRANSFER_DST_BIT,
  VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
  VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT,
  VK_WHOLE_SIZE,
} from './registry/constants.ts';
import { outHandle, struct } from './struct.ts';

/** Mapped in windows: Node 20 cannot wrap 4 GiB, and a window bounds the address space in use. */
export const MAP_WINDOW_BYTES: number = 2 ** 30;

const USAGE =
  VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
  VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT |
  VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
  VK_BUFFER_USAGE_TRANSFER_DST_BIT |
  VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT;

/** A buffer with its memory. Disposing frees both, in order; once more it does nothing. */
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

/**
 * Creates a buffer for storage, uniform data, transfer and indirect dispatch, allocates its memory and binds it.
 *
 * @param place What its memory is for, or the memory type.
 * @param name For messages; a buffer without one is for staging.
 */
export function createBoundBuffer(
  device: LogicalDevice,
  bytes: number,
  place: MemoryPlace,
  name?: string,
): BoundBuffer {
  const owner = name === undefined ? 'a staging buffer' : `buffer "${name}"`;
  return Scope.open((scope) => bindBuffer(device, { bytes, place, owner }, scope));
}

interface BufferParts {
  readonly bytes: number;
  readonly place: MemoryPlace;
  readonly owner: string;
}

function bindBuffer(device: LogicalDevice, { bytes, place, owner }: BufferParts, scope: Scope): BoundBuffer {
  const { commands, handle: vkDevice } = device;
  const out = outHandle();
  const info = struct('VkBufferCreateInfo', { size: bytes, usage: USAGE });
  checkAlive(device, 'vkCreateBuffer', commands.vkCreateBuffer(vkDevice, info.memory, null, out.memory));
  const handle = out.value;
  const destroy = (): void => {
    if (!device.abandoned) commands.vkDestroyBuffer(vkDevice, handle, null);
  };
  scope.defer(destroy);
  const requirements = struct('VkMemoryRequirements', {});
  commands.vkGetBufferMemoryRequirements(vkDevice, handle, requirements.memory);
  const allocation = scope.use(allocateMemory(device, { owner, place, requirements }));
  const memory = allocation.handle;
  checkAlive(device, 'vkBindBufferMemory', commands.vkBindBufferMemory(vkDevice, handle, memory, 0));
  const mappings = new Set<Disposable>();
  let freed = false;
  return {
    handle,
    memory,
    bytes,
    allocatedBytes: allocation.bytes,
    type: allocation.type,
    mappings,
    // A buffer is destroyed before the memory it is bound to; the scope would do it the other way round.
    [Symbol.dispose]: () => {
      if (freed) return;
      freed = true;
      for (const mapping of mappings) mapping[Symbol.dispose]();
      destroy();
      allocation[Symbol.dispose]();
    },
  };
}

/** Mapped memory that dies with its owner. */
export interface MappedMemory extends Disposable {
  /**
   * The mapped bytes. Do not keep them: after disposal a kept view is empty on Node 22 and later, but Node 20
   * cannot detach it. There it still reaches the unmapped memory, and using it may end the process; only
   * asking for `bytes` again throws.
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
  checkAlive(
    device,
    'vkMapMemory',
    commands.vkMapMemory(owner, buffer.memory, offset, size, 0, pointer.memory),
  );
  let view: Uint8Array | null = viewOrUnmap(device, buffer, pointer.value, length);
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
      checkAlive(
        device,
        'vkFlushMappedMemoryRanges',
        commands.vkFlushMappedMemoryRanges(owner, 1, range.memory),
      );
    },
    invalidate: () => {
      if (buffer.type.hostCoherent) return;
      checkAlive(
        device,
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

function viewOrUnmap(
  device: LogicalDevice,
  { memory }: BoundBuffer,
  address: bigint,
  bytes: number,
): Uint8Array {
  return Scope.open((scope) => {
    scope.defer(() => device.commands.vkUnmapMemory(device.handle, memory));
    return new Uint8Array(device.instance.binding.viewMemory(address, bytes));
  });
}

/**
 * Makes every view of the buffer empty, also one that was kept. Node 20 cannot (there is no `transfer`, and
 * structuredClone copies external memory): there a kept view stays readable, and only the owner's is safe.
 */
function detach(memory: ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }): void {
  memory.transfer?.(0);
}
