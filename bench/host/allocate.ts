// What a block of device memory costs: vkAllocateMemory and vkFreeMemory by size, of memory that was used and that was not.
import {
  allOf,
  type Benchmark,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type Operation,
} from 'guestmark';
import { checkAlive, handleArray, outHandle } from 'guestmark/vulkan';
import { allocator, freeMemory, memoryTypeFor } from '../parts/device-memory.ts';
import { compareMarks, touch, writeMarks } from '../parts/marked-blocks.ts';
import { requireRoom } from '../parts/memory-room.ts';
import { type BlockSource, timedAllocation } from '../parts/timed-allocation.ts';

const KIB = 2 ** 10;
const MIB = 2 ** 20;

const allocate = defineHostBenchmark({
  name: 'allocate',
  summary: 'vkAllocateMemory of a block of device memory',
  category: 'host',
  explanation: {
    method:
      'One vkAllocateMemory from the memory type that storage buffers come from is a sample; the block is freed after it, outside of the time, untouched.',
    limit:
      'The driver and the kernel of the guest: a system call, the page tables of the GPU, and what the kernel clears. Where memory is lent at first use, as on a software device, it is only an entry in a table, and the price is paid by first-touch and free.',
    verification:
      'Every call gave a block. Into the first and the last bytes of one more block the device writes words of their own, and reads them back.',
    sources: ['GPU-Virt-Bench', 'HeCBench'],
  },
  axes: { bytes: [64 * KIB] },
  suites: {
    host: { bytes: [64 * KIB, MIB, 16 * MIB, 256 * MIB] },
    full: { bytes: [64 * KIB, MIB, 16 * MIB, 256 * MIB, 1024 * MIB] },
  },
  items: () => 1,
  operation: ({ bytes }, { vulkan }) => {
    const device = vulkan();
    const type = memoryTypeFor(device, 'device');
    requireRoom('allocate', device, type, bytes);
    return allocation({ device, type, bytes });
  },
});

function allocation(source: BlockSource): Operation {
  const { blocksGiven, ...operation } = timedAllocation(source);
  return { ...operation, verify: (count) => allOf(blocksGiven('blocks', count), marksHold(source)) };
}

function marksHold({ device, type, bytes }: BlockSource) {
  const out = outHandle();
  checkAlive(device, 'vkAllocateMemory', allocator(device, type, bytes)(out.memory));
  try {
    const blocks = [{ memory: out.value, bytes }];
    writeMarks(device, blocks);
    return compareMarks(device, blocks);
  } finally {
    freeMemory(device, out.value);
  }
}

const free = defineHostBenchmark({
  name: 'free',
  summary: 'vkFreeMemory of a block of device memory that was touched or not',
  category: 'host',
  explanation: {
    method:
      'One vkFreeMemory is a sample. The block is allocated before it, outside of the time; with touched=1 the device has then written every byte of it.',
    limit:
      'The driver and the kernel of the guest. Where memory is lent at first use, giving back touched pages takes far longer than giving back none, and in a guest the host may have to take part; memory of a discrete GPU was there all the time. A software device takes blocks from the C library, which may keep what was freed, up to some 32 MiB, for the next block: the times then fall into two groups.',
    verification:
      'Every block that was freed was a real one, and one more takes and keeps words at both of its ends.',
    sources: ['GPU-Virt-Bench', 'HeCBench'],
  },
  axes: { bytes: [64 * KIB], touched: [0, 1] },
  suites: {
    host: { bytes: [64 * KIB, 16 * MIB, 64 * MIB] },
    full: { bytes: [64 * KIB, MIB, 16 * MIB, 256 * MIB, 1024 * MIB] },
  },
  requires: ({ touched }) => (touched === 0 || touched === 1 ? null : 'touched is neither 0 nor 1'),
  items: () => 1,
  operation: ({ bytes, touched }, { scope, vulkan }) => {
    const device = vulkan();
    const type = memoryTypeFor(device, 'device');
    requireRoom('free', device, type, bytes);
    return freeing({ device, type, bytes }, touched === 1, scope);
  },
});

function freeing(source: BlockSource, touches: boolean, scope: HostContext['scope']): Operation {
  const { device, type, bytes } = source;
  const { commands, handle } = device;
  const { vkFreeMemory } = commands;
  const call = allocator(device, type, bytes);
  const out = handleArray([0n]);
  const held = new BigUint64Array(out);
  let memory = 0n;
  let freed = 0;
  const provide = (): void => {
    // Where the call fails there is no block left to free.
    memory = 0n;
    held[0] = 0n;
    checkAlive(device, 'vkAllocateMemory', call(out));
    memory = held[0] as bigint;
    if (touches) touch(device, { memory, bytes });
  };
  scope.defer(() => freeMemory(device, memory));
  provide();
  return {
    calls: 1,
    run: () => vkFreeMemory(handle, memory, null),
    reset: () => {
      if (memory !== 0n) freed++;
      provide();
    },
    verify: (count) => allOf(compareElements('blocks freed', [freed], [count]), marksHold(source)),
  };
}

export default [allocate, free] as readonly Benchmark[];
