// What a mapping costs: vkMapMemory and vkUnmapMemory by size, of memory that the CPU writes to.
import {
  allOf,
  type Benchmark,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type Verification,
} from 'guestmark';
import { checkAlive, type LogicalDevice, outHandle, vk } from 'guestmark/vulkan';
import { allocator, type Block, freeMemory, memoryTypeFor } from '../parts/device-memory.ts';
import { requireRoom } from '../parts/memory-room.ts';

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const SUITES = {
  host: { bytes: [64 * KIB, 256 * MIB] },
  full: { bytes: [64 * KIB, MIB, 16 * MIB, 256 * MIB, 1024 * MIB] },
};
const LIMIT =
  'Where the driver keeps memory mapped, or only looks an address up, both are far below a microsecond. Where a mapping is made anew each time they are a system call, and the pages are entered at first use: see first-touch.';
const VERIFICATION =
  'Every mapping has an address. Words written to both ends of the block through one mapping are read through the next.';

/** A block of coherent memory that the CPU writes to, and its mapping. */
interface Mappable extends Block {
  readonly device: LogicalDevice;
  /** vkMapMemory of all of it; the code. */
  readonly map: () => number;
  readonly unmap: () => void;
  /** The last mapping's address. */
  readonly address: () => bigint;
  /** So that a call that maps nothing is not taken for one that gives the address before. */
  readonly forget: () => void;
}

function mappable(name: string, bytes: number, { scope, vulkan }: HostContext): Mappable {
  const device = vulkan();
  const type = memoryTypeFor(device, 'upload');
  requireRoom(name, device, type, bytes);
  const out = outHandle();
  checkAlive(device, 'vkAllocateMemory', allocator(device, type, bytes)(out.memory));
  const memory = out.value;
  scope.defer(() => freeMemory(device, memory));
  const { commands, handle } = device;
  const { vkMapMemory, vkUnmapMemory } = commands;
  const pointer = new BigUint64Array(1);
  const wholeSize = vk.VK_WHOLE_SIZE;
  return {
    device,
    memory,
    bytes,
    map: () => vkMapMemory(handle, memory, 0, wholeSize, 0, pointer.buffer),
    unmap: () => vkUnmapMemory(handle, memory),
    address: () => pointer[0] as bigint,
    forget: () => {
      pointer[0] = 0n;
    },
  };
}

/** Writes through one mapping and reads through the next; the block is not mapped before and after. */
function wordsHold(block: Mappable): Verification {
  const words = [0x1234_5678, 0x9abc_def0];
  withMapping(block, (ends) => {
    for (const [index, end] of ends.entries()) end[0] = words[index] as number;
  });
  let read: readonly number[] = [];
  withMapping(block, (ends) => {
    read = ends.map((end) => end[0] as number);
  });
  return compareElements('words', read, words);
}

function withMapping(block: Mappable, use: (ends: readonly Uint32Array[]) => void): void {
  const { device, bytes, map, unmap, address } = block;
  checkAlive(device, 'vkMapMemory', map());
  try {
    const view = (offset: number): Uint32Array =>
      new Uint32Array(device.instance.binding.viewMemory(address() + BigInt(offset), 4));
    use([view(0), view(bytes - 4)]);
  } finally {
    unmap();
  }
}

const map = defineHostBenchmark({
  name: 'map',
  summary: 'vkMapMemory of a whole block that the CPU writes to',
  category: 'host',
  explanation: {
    method:
      'One vkMapMemory of a whole block of coherent memory is a sample; it is unmapped after it, outside of the time.',
    limit: LIMIT,
    verification: VERIFICATION,
    sources: ['GPU-Virt-Bench', 'HeCBench'],
  },
  axes: { bytes: [64 * KIB] },
  suites: SUITES,
  items: () => 1,
  operation: ({ bytes }, host) => {
    const block = mappable('map', bytes, host);
    const { device, address, unmap, forget } = block;
    let code = 0;
    let mappings = 0;
    return {
      calls: 1,
      run: () => {
        code = block.map();
      },
      reset: () => {
        checkAlive(device, 'vkMapMemory', code);
        if (address() !== 0n) mappings++;
        unmap();
        forget();
      },
      verify: (count) => allOf(compareElements('mappings', [mappings], [count]), wordsHold(block)),
    };
  },
});

const unmap = defineHostBenchmark({
  name: 'unmap',
  summary: 'vkUnmapMemory of a whole block, nothing of which was touched since it was mapped',
  category: 'host',
  explanation: {
    method:
      'One vkUnmapMemory is a sample; the whole block of coherent memory is mapped before it, outside of the time.',
    limit: LIMIT,
    verification: VERIFICATION,
    sources: ['GPU-Virt-Bench', 'HeCBench'],
  },
  axes: { bytes: [64 * KIB] },
  suites: SUITES,
  items: () => 1,
  operation: ({ bytes }, host) => {
    const block = mappable('unmap', bytes, host);
    const { device } = block;
    const mapAgain = (): void => {
      checkAlive(device, 'vkMapMemory', block.map());
    };
    mapAgain();
    let unmapped = 0;
    return {
      calls: 1,
      run: block.unmap,
      reset: () => {
        if (block.address() !== 0n) unmapped++;
        mapAgain();
      },
      verify: (count) => {
        block.unmap();
        const words = wordsHold(block);
        mapAgain();
        return allOf(compareElements('unmapped', [unmapped], [count]), words);
      },
    };
  },
});

export default [map, unmap] as readonly Benchmark[];
