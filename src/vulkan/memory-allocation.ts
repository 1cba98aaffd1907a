// VkDeviceMemory for one buffer or image: from the best memory type that has room for it. Refuses what the
// heaps cannot hold before the driver is asked: software devices would take the machine's last memory.
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';
import { checkAlive } from './check-alive.ts';
import type { MemoryUse } from './compute-device.ts';
import type { MemoryTypeInfo } from './device-info.ts';
import type { LogicalDevice } from './logical-device.ts';
import { type MemoryCandidates, rankMemoryTypes } from './memory-type.ts';
import { VK_ERROR_OUT_OF_DEVICE_MEMORY, VK_ERROR_OUT_OF_HOST_MEMORY } from './registry/constants.ts';
import { outHandle, readStruct, type Struct, struct } from './struct.ts';

/** What memory is for, or the one type that it must be of. */
export type MemoryPlace = MemoryUse | MemoryTypeInfo;

/** Memory to allocate. */
export interface MemoryRequest {
  /** As it stands in messages: `buffer "x"`. */
  readonly owner: string;
  readonly place: MemoryPlace;
  readonly requirements: Struct<'VkMemoryRequirements'>;
}

/** Memory of one owner. Freed by disposal. */
export interface MemoryAllocation extends Disposable {
  readonly handle: bigint;
  readonly bytes: number;
  readonly type: MemoryTypeInfo;
}

/**
 * Allocates memory. Where the best memory type for a use has none left, the next is tried.
 *
 * @throws GuestmarkError (unsupported) where it does not fit beside what is allocated already, VulkanError
 *   where the driver has no memory left.
 */
export function allocateMemory(device: LogicalDevice, request: MemoryRequest): MemoryAllocation {
  const { size, memoryTypeBits: typeBits } = readStruct(request.requirements);
  const bytes = Number(size);
  const ranked = candidates(device, request, typeBits);
  const roomy = ranked.filter(({ heapIndex }) => bytes <= freeBytes(device, heapIndex));
  const [first, ...others] = roomy;
  if (first === undefined) throw tooLarge(device, request, bytes, ranked[0].heapIndex);
  const { handle, type } = allocateFrom(device, bytes, first, others);
  const { allocatedBytes } = device;
  const count = (change: number): unknown =>
    allocatedBytes.set(type.heapIndex, (allocatedBytes.get(type.heapIndex) ?? 0) + change);
  count(bytes);
  return {
    handle,
    bytes,
    type,
    [Symbol.dispose]: () => {
      if (device.abandoned) return;
      device.commands.vkFreeMemory(device.handle, handle, null);
      count(-bytes);
    },
  };
}

function candidates(
  { info }: LogicalDevice,
  { owner, place }: MemoryRequest,
  typeBits: number,
): MemoryCandidates {
  const { memoryTypes: types, memoryHeaps: heaps } = info;
  if (typeof place === 'string') return rankMemoryTypes(place, { types, heaps, typeBits });
  if (((typeBits >>> place.index) & 1) === 1) return [place];
  throw new GuestmarkError(
    'unsupported',
    `Cannot create ${owner}: it cannot be bound to memory type ${place.index}`,
    { hint: 'pick another memory type' },
  );
}

function freeBytes({ info, allocatedBytes }: LogicalDevice, heapIndex: number): number {
  return (info.memoryHeaps[heapIndex]?.bytes ?? 0) - (allocatedBytes.get(heapIndex) ?? 0);
}

function tooLarge(
  device: LogicalDevice,
  { owner }: MemoryRequest,
  bytes: number,
  heapIndex: number,
): GuestmarkError {
  const heapBytes = device.info.memoryHeaps[heapIndex]?.bytes ?? 0;
  const used = device.allocatedBytes.get(heapIndex) ?? 0;
  const beside = used === 0 ? '' : ` beside the ${formatBytes(used)} allocated already`;
  return new GuestmarkError(
    'unsupported',
    `Cannot create ${owner}: its ${formatBytes(bytes)} do not fit in the ${formatBytes(heapBytes)} of the device's memory${beside}`,
    { hint: 'lower the size axis of the benchmark' },
  );
}

function allocateFrom(
  device: LogicalDevice,
  bytes: number,
  type: MemoryTypeInfo,
  others: readonly MemoryTypeInfo[],
): { readonly handle: bigint; readonly type: MemoryTypeInfo } {
  const out = outHandle();
  const info = struct('VkMemoryAllocateInfo', { allocationSize: bytes, memoryTypeIndex: type.index });
  const code = device.commands.vkAllocateMemory(device.handle, info.memory, null, out.memory);
  const [next, ...rest] = others;
  const full = code === VK_ERROR_OUT_OF_DEVICE_MEMORY || code === VK_ERROR_OUT_OF_HOST_MEMORY;
  if (full && next !== undefined) return allocateFrom(device, bytes, next, rest);
  checkAlive(device, 'vkAllocateMemory', code);
  return { handle: out.value, type };
}
