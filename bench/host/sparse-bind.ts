// What it costs to put memory behind pages of a buffer, or to take it away, while the buffer stays: vkQueueBindSparse.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  GuestmarkError,
  type HostContext,
  type OperationFigure,
  type Verification,
} from 'guestmark';
import { checkAlive, createBoundBuffer, createFence, type LogicalDevice, vk } from 'guestmark/vulkan';
import { copyNs } from '../parts/copy-time.ts';
import { memoryTypeFor } from '../parts/device-memory.ts';
import { comparePlaces, markPlaces } from '../parts/marked-places.ts';
import { requireRoom } from '../parts/memory-room.ts';
import { ratioOf } from '../parts/quartiles.ts';
import { bindsSparse, type SparseBuffer, sparseBuffer } from '../parts/sparse-buffer.ts';

const KIB = 2 ** 10;
const MIB = 2 ** 20;
/** Bound at once, whatever the size of a page. */
const AREA_BYTES = 64 * MIB;
/** Of the area, and of the two ordinary buffers that it is held against. */
const AREAS = 3;
const LIMIT_NS = 10e9;

export default defineHostBenchmark({
  name: 'sparse-bind',
  summary: 'vkQueueBindSparse of all pages of a buffer of 64 MiB, and the wait for its fence',
  category: 'host',
  explanation: {
    method:
      'One vkQueueBindSparse that binds memory to every page of a buffer of 64 MiB (with unbind=1: takes it away again), and one wait for its fence, is a sample; the opposite happens after it, outside of the time. Pages are bound in the reverse order of their memory, so that each is an entry of its own. The time of one item is that of one page.',
    limit:
      'The driver and the kernel of the guest, which change the page tables of the GPU and wait until they hold: often one system call a binding, and an invalidation of caches of addresses. Small pages pay it more often.',
    verification:
      'Every fence is signalled. Into every page, when it is bound, the device writes a word of its own, and all are read back.',
    sources: ['Vulkan specification, Sparse Resources', 'vkperf'],
  },
  axes: { bytes: [64 * KIB], unbind: [0, 1] },
  suites: { host: {}, full: { bytes: [64 * KIB, MIB, 16 * MIB, 64 * MIB] } },
  requires: ({ bytes, unbind }) => {
    if (unbind !== 0 && unbind !== 1) return 'unbind is neither 0 nor 1';
    return bytes % (64 * KIB) === 0 && AREA_BYTES % bytes === 0
      ? null
      : 'bytes is not 64Ki times a divisor of 1024';
  },
  needs: ['sparseBinding'],
  items: ({ bytes }) => AREA_BYTES / bytes,
  itemName: 'pages',
  showsItemTime: true,
  operation: ({ bytes, unbind }, host) => {
    const device = host.vulkan();
    if (!bindsSparse(device))
      throw new GuestmarkError(
        'unsupported',
        'Cannot run sparse-bind: the queue family in use lacks VK_QUEUE_SPARSE_BINDING_BIT',
      );
    requireRoom('sparse-bind', device, memoryTypeFor(device, 'device'), AREAS * AREA_BYTES);
    const buffer = sparseBuffer(device, host.scope, AREA_BYTES, bytes);
    return binding(device, host, { buffer, pageBytes: bytes, unbinds: unbind === 1 });
  },
});

interface Pages {
  readonly buffer: SparseBuffer;
  readonly pageBytes: number;
  readonly unbinds: boolean;
}

function binding(device: LogicalDevice, host: HostContext, { buffer, pageBytes, unbinds }: Pages) {
  const { commands, handle, queue } = device;
  const { vkQueueBindSparse, vkGetFenceStatus } = commands;
  const fence = host.scope.use(createFence(device));
  const timed = (unbinds ? buffer.unbind : buffer.bind).memory;
  const opposite = (unbinds ? buffer.bind : buffer.unbind).memory;
  const change = (info: ArrayBuffer): void => {
    checkAlive(device, 'vkQueueBindSparse', vkQueueBindSparse(queue, 1, info, fence.handle));
  };
  const finish = (info: ArrayBuffer): void => {
    change(info);
    fence.wait('block', LIMIT_NS);
    fence.reset();
  };
  let signals = 0;
  if (unbinds) finish(opposite);
  /** Between samples the pages of a case that binds are not bound. */
  const whileBound = <T>(use: () => T): T => {
    if (!unbinds) finish(timed);
    const result = use();
    if (!unbinds) finish(opposite);
    return result;
  };
  return {
    calls: 2,
    run: () => change(timed),
    wait: () => fence.wait('block', LIMIT_NS),
    reset: () => {
      if (vkGetFenceStatus(handle, fence.handle) === vk.VK_SUCCESS) signals++;
      fence.reset();
      finish(opposite);
    },
    verify: (count: number) =>
      allOf(
        compareElements('signals', [signals], [count]),
        whileBound(() => pagesHold(device, buffer, pageBytes)),
      ),
    figures: () => [whileBound(() => copyPenalty(device, host, buffer))],
  };
}

function pagesHold(device: LogicalDevice, { handle }: SparseBuffer, pageBytes: number): Verification {
  const places = Array.from({ length: AREA_BYTES / pageBytes }, (_, page) => ({
    buffer: handle,
    offset: page * pageBytes,
  }));
  markPlaces(device, places);
  return comparePlaces(device, places);
}

/** A copy onto the sparse buffer against one onto an ordinary buffer. */
function copyPenalty(device: LogicalDevice, host: HostContext, sparse: SparseBuffer): OperationFigure {
  const from = host.scope.use(createBoundBuffer(device, AREA_BYTES, 'device')).handle;
  const ordinary = host.scope.use(createBoundBuffer(device, AREA_BYTES, 'device')).handle;
  const pair = { from, bytes: AREA_BYTES };
  const ordinaryNs = copyNs(device, host, { ...pair, to: ordinary });
  const sparseNs = copyNs(device, host, { ...pair, to: sparse.handle });
  return {
    id: 'copyPenalty',
    label: 'copy onto it against one onto an ordinary buffer',
    unit: 'ratio',
    estimate: ratioOf(sparseNs, ordinaryNs),
    method:
      'ratio of the medians of the times of a copy of 64 MiB from an ordinary buffer; the bounds are what the quartiles allow',
  };
}
