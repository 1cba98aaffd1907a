// Whether holes between blocks make memory slower or smaller: many small blocks, every second freed, then a large one.
import {
  allOf,
  defineHostBenchmark,
  type FigureEstimate,
  type HostContext,
  type Operation,
  type OperationFigure,
} from 'guestmark';
import { checkAlive, type LogicalDevice, type MemoryTypeInfo, outHandle } from 'guestmark/vulkan';
import { allocator, type Block, freeMemory, isRefusal, memoryTypeFor } from '../parts/device-memory.ts';
import { compareMarks, writeMarks } from '../parts/marked-blocks.ts';
import { requireRoom, roomFor } from '../parts/memory-room.ts';
import { quartiles, ratioOf } from '../parts/quartiles.ts';
import { timedAllocation } from '../parts/timed-allocation.ts';

const MIB = 2 ** 20;
/** Enough for quartiles; each is one allocation and one free. */
const TRIALS = 31;
/** Before those, so that neither side of the ratio has cold code. */
const WARM_UP_TRIALS = 33;
/** The largest block is asked for in steps of so much of the room. */
const STEPS = 16;
/** Never asked for more at once, however much there is. */
const LARGEST_ASKED_BYTES = 1536 * MIB;

/** Where blocks come from. */
interface Source {
  readonly host: HostContext;
  readonly device: LogicalDevice;
  readonly type: MemoryTypeInfo;
}

/** The largest block that was given, of what was asked for. */
interface Largest {
  readonly bytes: number;
  readonly stepBytes: number;
  readonly end: string;
}

export default defineHostBenchmark({
  name: 'fragmentation',
  summary: 'vkAllocateMemory of a large block among many small ones, every second of which was freed',
  category: 'host',
  explanation: {
    method:
      'Small blocks (count of them, of bytes each) are allocated and every second one is freed; then one vkAllocateMemory of a large block is a sample, freed after it. The same call is timed before the small blocks are there, for the ratio, and the largest block that is still given is asked for in sixteenths of the room, from all of it (at most 1.5 GiB) downwards.',
    limit:
      'Where a driver places blocks in physical memory without page tables, holes make it search longer and leave no large block. Where pages hide the holes, as on every current GPU and on a software device, the ratio is about 1.',
    verification:
      'Every call gave a block. The small blocks that stay hold words of their own at both ends from before their neighbours were freed until the end.',
    sources: ['GPU-Virt-Bench, FRAG'],
  },
  axes: { count: [1000], bytes: [MIB], large: [64 * MIB] },
  suites: { host: {}, full: { large: [16 * MIB, 64 * MIB, 256 * MIB] } },
  requires: ({ count }) => (count >= 2 ? null : 'count is less than 2'),
  items: () => 1,
  operation: ({ count, bytes, large }, host) => {
    const device = host.vulkan();
    const type = memoryTypeFor(device, 'device');
    requireRoom('fragmentation', device, type, count * bytes + large);
    const source = { host, device, type };
    const before = { times: timeBlocks(source, large), largest: largestBlock(source) };
    const kept = punchHoles(source, count, bytes);
    return { ...largeAllocation(source, large, kept), figures: () => figuresOf(source, large, before) };
  },
});

/** Allocates, marks and frees every second block; the rest stay until the case ends. */
function punchHoles({ host, device, type }: Source, count: number, bytes: number): Kept {
  const call = allocator(device, type, bytes);
  const out = outHandle();
  const blocks = new Map<number, Block>();
  host.scope.defer(() => {
    for (const { memory } of blocks.values()) freeMemory(device, memory);
  });
  for (let index = 0; index < count; index++) {
    checkAlive(device, 'vkAllocateMemory', call(out.memory));
    blocks.set(index, { memory: out.value, bytes });
  }
  writeMarks(device, [...blocks.values()]);
  for (let index = 0; index < count; index += 2) {
    freeMemory(device, (blocks.get(index) as Block).memory);
    blocks.delete(index);
  }
  return blocks;
}

/** Blocks by their place among all. */
type Kept = ReadonlyMap<number, Block>;

function largeAllocation(
  { device, type }: Source,
  large: number,
  kept: Kept,
): Pick<Operation, 'calls' | 'run' | 'reset' | 'verify'> {
  const { blocksGiven, ...operation } = timedAllocation({ device, type, bytes: large });
  return {
    ...operation,
    verify: (count) =>
      allOf(blocksGiven('large blocks', count), compareMarks(device, [...kept.values()], [...kept.keys()])),
  };
}

/** Times of allocating one block and freeing it, over and over. */
function timeBlocks({ host, device, type }: Source, bytes: number): FigureEstimate {
  const call = allocator(device, type, bytes);
  const out = outHandle();
  const times = Array.from({ length: WARM_UP_TRIALS + TRIALS }, () => {
    const startNs = host.stamp.nowNs();
    const code = call(out.memory);
    const endNs = host.stamp.nowNs();
    checkAlive(device, 'vkAllocateMemory', code);
    freeMemory(device, out.value);
    return endNs - startNs;
  });
  return quartiles(times.slice(WARM_UP_TRIALS));
}

function largestBlock({ device, type }: Source): Largest {
  const { bytes: room, end } = roomFor(device, type, LARGEST_ASKED_BYTES);
  const stepBytes = Math.floor(room / STEPS / MIB) * MIB;
  const out = outHandle();
  for (let steps = STEPS; steps > 0; steps--) {
    const bytes = steps * stepBytes;
    if (bytes === 0) break;
    const code = allocator(device, type, bytes)(out.memory);
    if (isRefusal(code)) continue;
    checkAlive(device, 'vkAllocateMemory', code);
    freeMemory(device, out.value);
    return { bytes, stepBytes: steps === STEPS ? 0 : stepBytes, end };
  }
  return { bytes: 0, stepBytes, end };
}

function figuresOf(
  source: Source,
  large: number,
  before: { readonly times: FigureEstimate; readonly largest: Largest },
): readonly OperationFigure[] {
  const after = { times: timeBlocks(source, large), largest: largestBlock(source) };
  const known = (value: FigureEstimate) => ({ available: true, value }) as const;
  const times = `median and quartiles of ${TRIALS} allocations of the large block`;
  const asked = `asked for in sixteenths of ${before.largest.end}, from all of it downwards; the next larger one was refused, or not asked for`;
  const block = ({ bytes, stepBytes }: Largest): FigureEstimate => ({
    value: bytes,
    low: bytes,
    high: bytes + stepBytes,
  });
  return [
    { id: 'before', label: 'before the holes', unit: 'ns', estimate: known(before.times), method: times },
    { id: 'after', label: 'among the holes', unit: 'ns', estimate: known(after.times), method: times },
    {
      id: 'slowdown',
      label: 'among the holes against before',
      unit: 'ratio',
      estimate: ratioOf(after.times, before.times),
      method: 'ratio of the two medians; the bounds are what the quartiles allow',
    },
    {
      id: 'largestBefore',
      label: 'largest block before',
      unit: 'B',
      estimate: known(block(before.largest)),
      method: asked,
    },
    {
      id: 'largestAfter',
      label: 'largest block among the holes, beside the small ones that stay',
      unit: 'B',
      estimate: known(block(after.largest)),
      method: asked,
    },
  ];
}
