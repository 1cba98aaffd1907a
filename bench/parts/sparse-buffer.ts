// A buffer whose pages are bound and unbound by the queue (sparseBinding): the buffer, the memory behind it, and the two
// calls of vkQueueBindSparse with all they take made before. Knows no clock.
import { GuestmarkError, type HostContext } from 'guestmark';
import {
  checkAlive,
  type LogicalDevice,
  outHandle,
  rankMemoryTypes,
  readStruct,
  type Struct,
  struct,
  structArray,
  structArrayOf,
  vk,
} from 'guestmark/vulkan';
import { allocator, freeMemory } from './device-memory.ts';

/** A sparse buffer, fully bound or not bound at all. */
export interface SparseBuffer {
  readonly handle: bigint;
  readonly bind: Struct<'VkBindSparseInfo'>;
  readonly unbind: Struct<'VkBindSparseInfo'>;
}

/** Whether the queue that the device is used by takes vkQueueBindSparse. */
export function bindsSparse({ instance, physical, family }: LogicalDevice): boolean {
  const { vkGetPhysicalDeviceQueueFamilyProperties } = instance.commands;
  const count = new Uint32Array(1);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, count.buffer, null);
  const families = structArrayOf('VkQueueFamilyProperties', count[0] as number);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, count.buffer, families.memory);
  return (families.read(family.index).queueFlags & vk.VK_QUEUE_SPARSE_BINDING_BIT) !== 0;
}

/**
 * Creates a sparse buffer in pages of `pageBytes`, and its memory. Page after page lies in it from its end backwards, so
 * that neighbours cannot be bound as one.
 *
 * @throws GuestmarkError (unsupported) where the device binds only larger pages.
 */
export function sparseBuffer(
  device: LogicalDevice,
  scope: HostContext['scope'],
  bytes: number,
  pageBytes: number,
): SparseBuffer {
  const { commands, handle: owner } = device;
  const out = outHandle();
  const info = struct('VkBufferCreateInfo', {
    flags: vk.VK_BUFFER_CREATE_SPARSE_BINDING_BIT,
    size: bytes,
    usage: vk.VK_BUFFER_USAGE_TRANSFER_SRC_BIT | vk.VK_BUFFER_USAGE_TRANSFER_DST_BIT,
  });
  checkAlive(device, 'vkCreateBuffer', commands.vkCreateBuffer(owner, info.memory, null, out.memory));
  const handle = out.value;
  const memory = outHandle();
  // A bound page must not lose its memory before its buffer.
  scope.defer(() => freeMemory(device, memory.value));
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyBuffer(owner, handle, null);
  });
  const typeBits = fittingTypes(device, handle, bytes, pageBytes);
  const { memoryTypes: types, memoryHeaps: heaps } = device.info;
  const [type] = rankMemoryTypes('device', { types, heaps, typeBits });
  checkAlive(device, 'vkAllocateMemory', allocator(device, type, bytes)(memory.memory));
  const pages = Array.from({ length: bytes / pageBytes }, (_, page) => page * pageBytes);
  const infoOf = (behind: bigint): Struct<'VkBindSparseInfo'> =>
    bindInfo(
      handle,
      pages.map((resourceOffset) => ({
        resourceOffset,
        size: pageBytes,
        memory: behind,
        memoryOffset: behind === 0n ? 0 : bytes - pageBytes - resourceOffset,
      })),
    );
  return { handle, bind: infoOf(memory.value), unbind: infoOf(0n) };
}

/** Memory types for a buffer whose pages may be so small. */
function fittingTypes(device: LogicalDevice, buffer: bigint, bytes: number, pageBytes: number): number {
  const requirements = struct('VkMemoryRequirements');
  device.commands.vkGetBufferMemoryRequirements(device.handle, buffer, requirements.memory);
  const { size, alignment, memoryTypeBits } = readStruct(requirements);
  if (pageBytes % Number(alignment) !== 0)
    refuse(`the device binds pages of ${alignment} bytes, of which ${pageBytes} are no multiple`);
  if (size !== BigInt(bytes)) refuse(`a sparse buffer of ${bytes} bytes takes ${size}`);
  return memoryTypeBits;
}

function refuse(state: string): never {
  throw new GuestmarkError('unsupported', `Cannot bind sparse memory: ${state}`);
}

type Bind = NonNullable<Parameters<typeof structArray<'VkSparseMemoryBind'>>[1]>[number];

function bindInfo(buffer: bigint, binds: readonly Bind[]): Struct<'VkBindSparseInfo'> {
  return struct('VkBindSparseInfo', {
    bufferBindCount: 1,
    pBufferBinds: struct('VkSparseBufferMemoryBindInfo', {
      buffer,
      bindCount: binds.length,
      pBinds: structArray('VkSparseMemoryBind', binds),
    }),
  });
}
