// How much memory a benchmark may take at once, and what ends it: the heap's budget, and where the heap is this machine's
// own memory also what the machine has left. A driver that is asked for more may take the machine with it.
import { availableMemoryBytes, GuestmarkError } from 'guestmark';
import { type LogicalDevice, type MemoryTypeInfo, readStruct, struct } from 'guestmark/vulkan';

/** An amount of memory and what it is. */
export interface Room {
  readonly bytes: number;
  /** As the end of "as far as ...": "the budget of the heap". */
  readonly end: string;
}

const BUDGET = 'VK_EXT_memory_budget';
/** Of the budget: for what the driver adds to each block, and for what other programs take meanwhile. */
const MARGIN = 1 / 16;
/** Of what the machine has left: the rest is for everybody else on it. */
const SHARE_OF_MACHINE = 1 / 2;

/** What is left of the heap: its budget less what this process has, where the device tells; else its size. */
export function heapRoom(device: LogicalDevice, { heapIndex }: MemoryTypeInfo): Room {
  if (device.info.extensions.includes(BUDGET)) {
    const { heapBudget, heapUsage } = readBudget(device);
    return {
      bytes: Math.max(0, Number(heapBudget[heapIndex]) - Number(heapUsage[heapIndex])),
      end: `the heap's budget by ${BUDGET}`,
    };
  }
  const heapBytes = device.info.memoryHeaps[heapIndex]?.bytes ?? 0;
  return {
    bytes: heapBytes - (device.allocatedBytes.get(heapIndex) ?? 0),
    end: `the size of the heap, as the device lacks ${BUDGET}`,
  };
}

/** Whether a heap is memory of this machine, so that the kernel, too, must have what a block takes. */
export function isMachineMemory({ info }: LogicalDevice, { heapIndex }: MemoryTypeInfo): boolean {
  const { software, type } = info;
  return software || type === 'integrated-gpu' || info.memoryHeaps[heapIndex]?.deviceLocal !== true;
}

/** The least of what the heap has, what the machine has, and `limitBytes`. */
export function roomFor(device: LogicalDevice, type: MemoryTypeInfo, limitBytes: number): Room {
  const heap = heapRoom(device, type);
  const rooms: Room[] = [
    { bytes: limitBytes, end: 'the limit of the case' },
    { bytes: Math.floor(heap.bytes * (1 - MARGIN)), end: `15/16 of ${heap.end}` },
  ];
  if (isMachineMemory(device, type)) {
    const bytes = Math.floor(availableMemoryBytes() * SHARE_OF_MACHINE);
    rooms.push({ bytes, end: 'half of the memory that this machine has left' });
  }
  return rooms.reduce((least, room) => (room.bytes < least.bytes ? room : least));
}

/** @throws GuestmarkError (unsupported) where there is no room for `bytes`, with what is in the way. */
export function requireRoom(name: string, device: LogicalDevice, type: MemoryTypeInfo, bytes: number): void {
  const { bytes: most, end } = roomFor(device, type, Number.POSITIVE_INFINITY);
  if (bytes <= most) return;
  const state = `it takes ${mebibytes(bytes)} of memory, and ${end} is ${mebibytes(most)}`;
  throw new GuestmarkError('unsupported', `Cannot run ${name}: ${state}`, {
    hint: 'lower its axes of sizes',
  });
}

/** `64 MiB`. */
export function mebibytes(bytes: number): string {
  return `${Number((bytes / 2 ** 20).toPrecision(4))} MiB`;
}

function readBudget({ instance, physical }: LogicalDevice): {
  readonly heapBudget: readonly bigint[];
  readonly heapUsage: readonly bigint[];
} {
  const budget = struct('VkPhysicalDeviceMemoryBudgetPropertiesEXT');
  const properties = struct('VkPhysicalDeviceMemoryProperties2', { pNext: budget });
  instance.commands.vkGetPhysicalDeviceMemoryProperties2(physical, properties.memory);
  return readStruct(budget);
}
