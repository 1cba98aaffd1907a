// One vkAllocateMemory as an operation: the block is freed behind the sample, and every call must have given one.
import { compareElements, type Operation, type Verification } from 'guestmark';
import { checkAlive, handleArray, type LogicalDevice, type MemoryTypeInfo } from 'guestmark/vulkan';
import { allocator, freeMemory } from './device-memory.ts';

/** Where the blocks of a case come from. */
export interface BlockSource {
  readonly device: LogicalDevice;
  readonly type: MemoryTypeInfo;
  readonly bytes: number;
}

/** The operation without its proof; `blocksGiven` is the part of it that is the same for all. */
export interface TimedAllocation extends Pick<Operation, 'calls' | 'run' | 'reset'> {
  readonly blocksGiven: (what: string, count: number) => Verification;
}

/** Allocates a block of the source in every operation. */
export function timedAllocation({ device, type, bytes }: BlockSource): TimedAllocation {
  const call = allocator(device, type, bytes);
  const out = handleArray([0n]);
  const held = new BigUint64Array(out);
  let code = 0;
  let blocks = 0;
  return {
    calls: 1,
    run: () => {
      code = call(out);
    },
    reset: () => {
      checkAlive(device, 'vkAllocateMemory', code);
      if (held[0] !== 0n) blocks++;
      freeMemory(device, held[0] as bigint);
      // A call that gives nothing must not be taken for one that gives the block before.
      held[0] = 0n;
    },
    blocksGiven: (what, count) => compareElements(what, [blocks], [count]),
  };
}
