// Allocation after allocation until the room ends: whether the price of a block rises with the blocks there are.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  GuestmarkError,
  type HostContext,
  type Operation,
  type OperationFigure,
  type Verification,
} from 'guestmark';
import { checkAlive, type LogicalDevice, type MemoryTypeInfo, vk } from 'guestmark/vulkan';
import { allocator, type Block, freeMemory, isRefusal, memoryTypeFor } from '../parts/device-memory.ts';
import { compareMarks, writeMarks } from '../parts/marked-blocks.ts';
import { heapRoom, mebibytes, roomFor } from '../parts/memory-room.ts';
import { quartiles, ratioOf } from '../parts/quartiles.ts';

const MIB = 2 ** 20;
const TIB = 2 ** 40;
/** For what the process has allocated already, and what it allocates meanwhile. */
const OTHER_ALLOCATIONS = 64;
/** Bounds what is kept of each; a device may promise four thousand million. */
const MOST_BLOCKS = 16_384;
/** Fewer cannot show a trend. */
const LEAST_BLOCKS = 16;
/** The first and the last blocks are a tenth of all, but so many at least: the middle of two says little. */
const TENTH = 1 / 10;
const LEAST_IN_TENTH = 8;
/** Calls before the first that is timed, so that the trend begins with code that is warm. */
const WARM_UP_CALLS = 64;

/** Room for the handles of all blocks, each in memory of its own that a call can write to. */
interface Slots {
  readonly outs: readonly ArrayBuffer[];
  readonly handles: readonly BigUint64Array[];
}

/** How far a case goes. */
interface Reach {
  readonly blocks: number;
  readonly end: string;
}

/** What a filling found. */
interface Filling {
  readonly made: number;
  readonly end: string;
  readonly ns: Float64Array;
  readonly words: Verification;
}

export default defineHostBenchmark({
  name: 'allocate-many',
  summary: 'vkAllocateMemory of block after block, until the budget of the heap or the limit of the case',
  category: 'host',
  explanation: {
    method:
      'A sample is one vkAllocateMemory beside all blocks of the samples before it. When the room ends (the axis total, 15/16 of the budget of the heap, the count that the device allows or, where the heap is memory of this machine, half of what is left of that), all are freed, outside of the time. One filling before the samples times every block, for the trend.',
    limit:
      'The bookkeeping of the driver and of the kernel of the guest. Where every block must be known to the host as well, its price may rise with their number; where memory is lent at first use, blocks are only promised.',
    verification:
      'Every call gave a block, and into both ends of every block of the filling the device writes words of their own, all of which are read back when the room is full.',
    sources: ['GPU-Virt-Bench', 'Vulkan specification, VK_EXT_memory_budget'],
  },
  axes: { bytes: [MIB], total: [64 * MIB] },
  suites: {
    host: { bytes: [MIB, 64 * MIB], total: [1536 * MIB] },
    full: { bytes: [MIB / 16, MIB, 64 * MIB], total: [1536 * MIB, TIB] },
  },
  requires: ({ bytes, total }) =>
    total >= LEAST_BLOCKS * bytes ? null : `total is less than ${LEAST_BLOCKS} blocks`,
  items: () => 1,
  operation: ({ bytes, total }, host) => {
    const device = host.vulkan();
    const type = memoryTypeFor(device, 'device');
    const { bytes: heapBytes } = heapRoom(device, type);
    const reach = reachOf(device, type, bytes, total);
    const slots = slotsFor(reach.blocks);
    const filling = fill(host, device, type, bytes, { slots, reach });
    return {
      ...oneByOne(device, allocator(device, type, bytes), slots, filling, host.scope),
      figures: () => figuresOf(filling, bytes, heapBytes),
    };
  },
});

function reachOf(device: LogicalDevice, type: MemoryTypeInfo, bytes: number, total: number): Reach {
  const room = roomFor(device, type, total);
  const counts: readonly Reach[] = [
    { blocks: Math.floor(room.bytes / bytes), end: room.end },
    {
      blocks: device.info.limits.maxMemoryAllocationCount - OTHER_ALLOCATIONS,
      end: 'maxMemoryAllocationCount of the device',
    },
    { blocks: MOST_BLOCKS, end: `the ${MOST_BLOCKS} blocks that are followed` },
  ];
  const least = counts.reduce((fewest, one) => (one.blocks < fewest.blocks ? one : fewest));
  if (least.blocks >= LEAST_BLOCKS) return least;
  const state = `${least.end} leaves room for ${Math.max(0, least.blocks)} blocks of ${mebibytes(bytes)}`;
  throw new GuestmarkError('unsupported', `Cannot run allocate-many: ${state}`);
}

function slotsFor(blocks: number): Slots {
  const outs = Array.from({ length: blocks }, () => new ArrayBuffer(8));
  return { outs, handles: outs.map((out) => new BigUint64Array(out)) };
}

function fill(
  { stamp }: HostContext,
  device: LogicalDevice,
  type: MemoryTypeInfo,
  bytes: number,
  { slots, reach }: { readonly slots: Slots; readonly reach: Reach },
): Filling {
  const call = allocator(device, type, bytes);
  warmUp(device, call, slots);
  const ns = new Float64Array(reach.blocks);
  let made = 0;
  let code: number = vk.VK_SUCCESS;
  while (made < reach.blocks && code >= 0) {
    const startNs = stamp.nowNs();
    code = call(slots.outs[made] as ArrayBuffer);
    ns[made] = stamp.nowNs() - startNs;
    if (code >= 0) made++;
  }
  try {
    const refused = isRefusal(code);
    if (!refused || made < LEAST_BLOCKS) checkAlive(device, 'vkAllocateMemory', code);
    const blocks = slots.handles
      .slice(0, made)
      .map((handle): Block => ({ memory: handle[0] as bigint, bytes }));
    writeMarks(device, blocks);
    const end = refused ? 'the driver, which refused the next block' : reach.end;
    return { made, end, ns: ns.subarray(0, made), words: compareMarks(device, blocks) };
  } finally {
    freeAll(device, slots, made);
  }
}

function warmUp(device: LogicalDevice, call: (into: ArrayBuffer) => number, slots: Slots): void {
  for (let i = 0; i < WARM_UP_CALLS; i++) {
    checkAlive(device, 'vkAllocateMemory', call(slots.outs[0] as ArrayBuffer));
    freeAll(device, slots, 1);
  }
}

function freeAll(device: LogicalDevice, { handles }: Slots, count: number): void {
  for (const handle of handles.slice(0, count)) {
    freeMemory(device, handle[0] as bigint);
    // A call that gives nothing must not be taken for one that gave this block.
    handle[0] = 0n;
  }
}

/** The samples; no further than the filling came. */
function oneByOne(
  device: LogicalDevice,
  call: (into: ArrayBuffer) => number,
  slots: Slots,
  { made, words }: Filling,
  scope: HostContext['scope'],
): Pick<Operation, 'calls' | 'run' | 'reset' | 'verify'> {
  let code = 0;
  let held = 0;
  let blocks = 0;
  scope.defer(() => freeAll(device, slots, held));
  return {
    calls: 1,
    run: () => {
      code = call(slots.outs[held] as ArrayBuffer);
    },
    reset: () => {
      checkAlive(device, 'vkAllocateMemory', code);
      if (slots.handles[held]?.[0] !== 0n) blocks++;
      held++;
      if (held < made) return;
      freeAll(device, slots, held);
      held = 0;
    },
    verify: (count) => allOf(compareElements('blocks', [blocks], [count]), words),
  };
}

function figuresOf({ made, end, ns }: Filling, bytes: number, heapBytes: number): readonly OperationFigure[] {
  const exact = (value: number) => ({ available: true, value: { value, low: value, high: value } }) as const;
  const tenth = Math.max(LEAST_IN_TENTH, Math.floor(made * TENTH));
  const trend = ratioOf(quartiles(ns.subarray(made - tenth)), quartiles(ns.subarray(0, tenth)));
  const method = `one filling before the samples; it ended at ${end}`;
  return [
    { id: 'blocks', label: 'blocks allocated', unit: 'count', estimate: exact(made), method },
    { id: 'reached', label: 'memory reached', unit: 'B', estimate: exact(made * bytes), method },
    {
      id: 'share',
      label: 'of what the heap had left',
      unit: 'ratio',
      estimate: exact((made * bytes) / heapBytes),
      method,
    },
    {
      id: 'trend',
      label: 'last tenth of the blocks against the first',
      unit: 'ratio',
      estimate: trend,
      method: `ratio of the medians of ${tenth} blocks each, in one filling; the bounds are what the quartiles allow`,
    },
  ];
}
