// Raw VkDeviceMemory for benchmarks of its allocation: the memory type that buffers would come from, the one call that is
// timed with all it takes made before, and a buffer over a whole block. Knows no limits.
import { GuestmarkError } from 'guestmark';
import {
  checkAlive,
  type LogicalDevice,
  type MemoryTypeInfo,
  type MemoryUse,
  outHandle,
  rankMemoryTypes,
  readStruct,
  struct,
  vk,
} from 'guestmark/vulkan';

/** A block of memory: a VkDeviceMemory and its size. */
export interface Block {
  readonly memory: bigint;
  readonly bytes: number;
}

const USAGE =
  vk.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
  vk.VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
  vk.VK_BUFFER_USAGE_TRANSFER_DST_BIT;
/** Any size would do: the types that a buffer may use do not depend on it. */
const PROBE_BYTES = 65_536;

/** The memory type that a storage buffer for `use` comes from. */
export function memoryTypeFor(device: LogicalDevice, use: MemoryUse): MemoryTypeInfo {
  const { memoryTypes: types, memoryHeaps: heaps } = device.info;
  using probe = createBuffer(device, PROBE_BYTES);
  return rankMemoryTypes(use, { types, heaps, typeBits: requirementsOf(device, probe.handle).typeBits })[0];
}

/** vkAllocateMemory of one size: allocates nothing in JavaScript, writes the handle to `into`, and returns the code. */
export function allocator(
  { commands, handle }: LogicalDevice,
  { index }: MemoryTypeInfo,
  bytes: number,
): (into: ArrayBuffer) => number {
  const { memory } = struct('VkMemoryAllocateInfo', { allocationSize: bytes, memoryTypeIndex: index });
  const { vkAllocateMemory } = commands;
  return (into) => vkAllocateMemory(handle, memory, null, into);
}

/** Whether a code says that there is no memory left: nothing was allocated, and the device goes on. */
export function isRefusal(code: number): boolean {
  return code === vk.VK_ERROR_OUT_OF_DEVICE_MEMORY || code === vk.VK_ERROR_OUT_OF_HOST_MEMORY;
}

/** Frees memory; nothing once the device was given up. */
export function freeMemory(device: LogicalDevice, memory: bigint): void {
  if (!device.abandoned) device.commands.vkFreeMemory(device.handle, memory, null);
}

/** A buffer over the whole block, which must live longer. */
export function bufferOver(
  device: LogicalDevice,
  { memory, bytes }: Block,
): Disposable & { readonly handle: bigint } {
  const buffer = createBuffer(device, bytes);
  const needed = requirementsOf(device, buffer.handle).bytes;
  if (needed > bytes) {
    buffer[Symbol.dispose]();
    const state = `a buffer of ${bytes} bytes needs ${needed} bytes of memory`;
    throw new GuestmarkError('unsupported', `Cannot use a whole block of memory: ${state}`);
  }
  const { commands, handle } = device;
  const code = commands.vkBindBufferMemory(handle, buffer.handle, memory, 0);
  if (code < 0) buffer[Symbol.dispose]();
  checkAlive(device, 'vkBindBufferMemory', code);
  return buffer;
}

function createBuffer(device: LogicalDevice, bytes: number): Disposable & { readonly handle: bigint } {
  const { commands, handle: owner } = device;
  const out = outHandle();
  const info = struct('VkBufferCreateInfo', { size: bytes, usage: USAGE });
  checkAlive(device, 'vkCreateBuffer', commands.vkCreateBuffer(owner, info.memory, null, out.memory));
  const handle = out.value;
  return {
    handle,
    [Symbol.dispose]: () => {
      if (!device.abandoned) commands.vkDestroyBuffer(owner, handle, null);
    },
  };
}

function requirementsOf(
  { commands, handle }: LogicalDevice,
  buffer: bigint,
): { readonly bytes: number; readonly typeBits: number } {
  const requirements = struct('VkMemoryRequirements');
  commands.vkGetBufferMemoryRequirements(handle, buffer, requirements.memory);
  const { size, memoryTypeBits } = readStruct(requirements);
  return { bytes: Number(size), typeBits: memoryTypeBits };
}
