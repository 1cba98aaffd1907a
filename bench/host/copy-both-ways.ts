// To the device and from it at once: whether the bus carries both ways, which takes two queues.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  GuestmarkError,
  type HostContext,
  type Operation,
} from 'guestmark';
import { createBoundBuffer, type LogicalDevice, mapMemory } from 'guestmark/vulkan';
import { bufferContents } from '../parts/buffer-contents.ts';
import { copyQueues, openQueues } from '../parts/copy-queues.ts';
import { requireMemory } from '../parts/machine-memory.ts';
import { SHIFT_BYTES, type ShiftedBytes, shiftedBytes } from '../parts/random-words.ts';
import { commandBuffer } from '../parts/raw-submission.ts';
import { type FencedSubmission, fencedSubmission, recordCopy } from '../parts/transfer.ts';
import { multipleOf, oneOf } from '../parts/workgroup.ts';

const MI = 2 ** 20;
const NAME = 'copy-both-ways';

type Scope = HostContext['scope'];

/** One of the two directions: copies of `bytes` by turns from two places of the source. */
interface Direction extends FencedSubmission {
  /** Compares all that the last of `count` copies brought. */
  verify(count: number): ReturnType<typeof compareElements>;
}

function upwards(device: LogicalDevice, scope: Scope, { all, views }: ShiftedBytes): Direction {
  const source = scope.use(createBoundBuffer(device, all.byteLength, 'upload'));
  const mapped = scope.use(mapMemory(device, source, 0, all.byteLength));
  mapped.bytes.set(all);
  mapped.flush();
  const bytes = views[0].byteLength;
  const target = scope.use(createBoundBuffer(device, bytes, 'device'));
  const contents = bufferContents(device, scope, bytes);
  return {
    ...fencedSubmission(device, scope, copiesByTurns(device, scope, [source, target])),
    verify: (count) => contents.compare('on the device', target, views[(count - 1) % 2] as Uint8Array),
  };
}

function downwards(device: LogicalDevice, scope: Scope, { all, views }: ShiftedBytes): Direction {
  const source = scope.use(createBoundBuffer(device, all.byteLength, 'device'));
  bufferContents(device, scope, all.byteLength).write(source, all);
  const bytes = views[0].byteLength;
  const target = scope.use(createBoundBuffer(device, bytes, 'download'));
  const mapped = scope.use(mapMemory(device, target, 0, bytes));
  return {
    ...fencedSubmission(device, scope, copiesByTurns(device, scope, [source, target])),
    verify: (count) => {
      mapped.invalidate();
      return compareElements('on the CPU', mapped.bytes, views[(count - 1) % 2] as Uint8Array);
    },
  };
}

function copiesByTurns(
  device: LogicalDevice,
  scope: Scope,
  buffers: Parameters<typeof recordCopy>[2],
): readonly bigint[] {
  const size = buffers[1].bytes;
  return [0, SHIFT_BYTES].map((srcOffset) =>
    commandBuffer(device, scope, (commands) => recordCopy(device, commands, buffers, { srcOffset, size })),
  );
}

/** Copies both ways, each on its queue; the same twice is one after the other. */
export function bothWays(
  [upQueue, downQueue]: readonly [LogicalDevice, LogicalDevice],
  bytes: number,
  { scope, random }: Pick<HostContext, 'scope' | 'random'>,
): Operation {
  const up = upwards(upQueue, scope, shiftedBytes(bytes, random));
  const down = downwards(downQueue, scope, shiftedBytes(bytes, random));
  let operations = 0;
  return {
    calls: 4,
    run: () => {
      up.submit(operations % 2);
      down.submit(operations % 2);
    },
    wait: () => {
      up.wait();
      down.wait();
    },
    reset: () => {
      up.reset();
      down.reset();
      operations++;
    },
    verify: (count) =>
      allOf(compareElements('operations', [operations], [count]), up.verify(count), down.verify(count)),
  };
}

export default defineHostBenchmark({
  name: NAME,
  summary: 'Copies to the device and from it at once on two queues, and on one as a comparison',
  category: 'host',
  explanation: {
    method:
      'A recorded copy from memory that the CPU writes to the device and one from the device to memory that the CPU reads, submitted to two queues of a second VkDevice, and a wait for both: a sample is from the first submission to the last wait, and the rate counts the bytes of both. Queues for transfers alone are preferred. With queues=1 both copies go to one queue, one after the other.',
    limit:
      'PCI Express carries both ways at once: with two copy engines the rate is up to twice that of one queue. Where both directions share an engine or the memory (an integrated GPU, a software device) two queues gain nothing.',
    verification:
      'All bytes of both targets are compared after the first and the last operation. Operations take turns between two places of the sources whose words all differ.',
    sources: ['nvbandwidth, bidirectional memcpy'],
  },
  axes: { queues: [2], bytes: [16 * MI] },
  suites: { host: {}, full: { queues: [1, 2], bytes: [MI, 16 * MI, 64 * MI] } },
  requires: ({ queues, bytes }) => oneOf('queues', queues, [1, 2]) ?? multipleOf('bytes', bytes, 4),
  bytes: ({ bytes }) => 2 * bytes,
  operation: ({ queues, bytes }, host) => {
    const device = host.vulkan();
    const places = copyQueues(device.info.queueFamilies, queues);
    if (places.length < queues)
      throw new GuestmarkError('unsupported', `Cannot run ${NAME}: the device has one queue that copies`);
    requireMemory(NAME, device.info, { ownBytes: 2 * bytes, deviceBytes: 4 * bytes });
    const [first, second = first] = openQueues(device, places, host.scope) as [LogicalDevice, LogicalDevice?];
    return bothWays([first, second], bytes, host);
  },
});
