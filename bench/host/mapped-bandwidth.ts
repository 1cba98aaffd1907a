// How fast the CPU copies to and from memory of every kind that it can map: a write-combined or uncached window reads
// slowly, and one that a hypervisor traps does everything slowly.
import {
  type AxisPoint,
  allOf,
  compareElements,
  defineHostBenchmark,
  GuestmarkError,
  type HostContext,
  type MakeOperation,
} from 'guestmark';
import { createBoundBuffer, type LogicalDevice, type MemoryTypeInfo, mapMemory } from 'guestmark/vulkan';
import { bufferContents } from '../parts/buffer-contents.ts';
import { requireMemory } from '../parts/machine-memory.ts';
import { heapFigure, mappableProblem, mappableTypes } from '../parts/mappable-type.ts';
import { SHIFT_BYTES, shiftedBytes } from '../parts/random-words.ts';
import { atLeast, firstOf, multipleOf } from '../parts/workgroup.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;
/** A copy that takes longer gives no samples in the time of a case. */
const MOST_SECONDS = 2;
const PROBE_BYTES = 4 * KI;

type Axes = AxisPoint<'type' | 'bytes'>;

const writes: MakeOperation<'type' | 'bytes'> = ({ type: at, bytes }, host) => {
  const { scope, random } = host;
  const [device, type] = typeAt(host, at);
  requireMemory('mapped-write', device.info, { ownBytes: bytes, deviceBytes: bytes });
  const { views } = shiftedBytes(bytes, random);
  const target = scope.use(createBoundBuffer(device, bytes, type, 'target'));
  const mapped = scope.use(mapMemory(device, target, 0, bytes));
  const contents = bufferContents(device, scope, bytes);
  const into = mapped.bytes;
  const [page] = views.map((view) => view.subarray(0, PROBE_BYTES)) as [Uint8Array];
  requirePatience('writes', bytes, host, () => into.set(page));
  let operations = 0;
  return {
    calls: type.hostCoherent ? 0 : 1,
    run: () => {
      into.set(views[operations % 2] as Uint8Array);
      mapped.flush();
      operations++;
    },
    verify: (count) =>
      allOf(
        compareElements('operations', [operations], [count]),
        contents.compare('target', target, views[(count - 1) % 2] as Uint8Array),
      ),
    figures: () => [heapFigure(device.info, type)],
  };
};

const reads: MakeOperation<'type' | 'bytes'> = ({ type: at, bytes }, host) => {
  const { scope, random } = host;
  const [device, type] = typeAt(host, at);
  requireMemory('mapped-read', device.info, { ownBytes: 2 * bytes, deviceBytes: bytes });
  const { all, views } = shiftedBytes(bytes, random);
  const source = scope.use(createBoundBuffer(device, all.byteLength, type, 'source'));
  bufferContents(device, scope, all.byteLength).write(source, all);
  const mapped = scope.use(mapMemory(device, source, 0, all.byteLength));
  const from = [mapped.bytes.subarray(0, bytes), mapped.bytes.subarray(SHIFT_BYTES)] as const;
  const target = new Uint8Array(bytes);
  mapped.invalidate();
  requirePatience('reads', bytes, host, () => target.set(from[0].subarray(0, PROBE_BYTES)));
  let operations = 0;
  return {
    calls: type.hostCoherent ? 0 : 1,
    run: () => {
      mapped.invalidate();
      target.set(from[operations % 2] as Uint8Array);
      operations++;
    },
    verify: (count) =>
      allOf(
        compareElements('operations', [operations], [count]),
        compareElements('target', target, views[(count - 1) % 2] as Uint8Array),
      ),
    figures: () => [heapFigure(device.info, type)],
  };
};

function typeAt({ vulkan }: HostContext, at: number): readonly [LogicalDevice, MemoryTypeInfo] {
  const device = vulkan();
  return [device, mappableTypes(device.info)[at] as MemoryTypeInfo];
}

/** Refuses what would take too long, told by copies of one page. */
function requirePatience(what: string, bytes: number, { stamp }: HostContext, copyPage: () => void): void {
  const times = Array.from({ length: 3 }, () => {
    const startNs = stamp.nowNs();
    copyPage();
    return stamp.nowNs() - startNs;
  });
  const perByteNs = Math.min(...times) / PROBE_BYTES;
  const seconds = (perByteNs * bytes) / 1e9;
  if (seconds <= MOST_SECONDS) return;
  const rate = (1e3 / perByteNs).toPrecision(2);
  throw new GuestmarkError(
    'unsupported',
    `Cannot copy ${bytes / MI} MiB: the CPU ${what} this memory at ${rate} MB/s, so that it would take about ${seconds.toPrecision(2)} s`,
    { hint: 'lower the axis bytes; below 10 MB/s the hypervisor may trap each access' },
  );
}

const common = {
  category: 'host',
  axes: { type: [0], bytes: [16 * MI] },
  suites: {
    host: { type: [0, 1] },
    full: { type: [0, 1, 2, 3, 4, 5, 6, 7], bytes: [4 * KI, 256 * KI, 16 * MI, 256 * MI] },
  },
  requires: ({ type, bytes }: Axes) =>
    firstOf(
      Number.isInteger(type) ? atLeast('type', type, 0) : 'type is no whole number',
      multipleOf('bytes', bytes, PROBE_BYTES),
    ),
  skips: ({ type }: Axes, device: Parameters<typeof mappableProblem>[1]) => mappableProblem(type, device),
  bytes: ({ bytes }: Axes) => bytes,
} as const;

const TYPES =
  'The axis type counts the memory types that the CPU can map, those of the device first: on most discrete GPUs 0 is the window to their memory and the others are memory of the machine, on devices without memory of their own 0 is all there is. The figure beside the rate names the type.';

const SOURCES = ['Chips and Cheese, GPUPerfTests, uplink tests', 'Vulkan specification, Device Memory'];

export default [
  defineHostBenchmark({
    ...common,
    name: 'mapped-write',
    summary: 'Bandwidth of the CPU writing to mapped memory, by memory type',
    explanation: {
      method: `The CPU copies ordinary memory to mapped memory (memcpy) and flushes it where it is not coherent. ${TYPES}`,
      limit:
        'Cached memory of the machine: the memory bandwidth of one core, or its caches for small sizes. Write-combined memory of the device: the bus, some GB/s to tens of GB/s. Where a hypervisor traps the window each store costs an exit of some µs, and a copy is a hundred times slower or worse.',
      verification:
        'The device copies the target to another buffer after the first and the last operation, and all bytes are compared. Operations take turns between two sources whose words all differ.',
      sources: SOURCES,
    },
    operation: writes,
  }),
  defineHostBenchmark({
    ...common,
    name: 'mapped-read',
    summary: 'Bandwidth of the CPU reading mapped memory, by memory type',
    explanation: {
      method: `The CPU invalidates mapped memory where it is not coherent and copies it to ordinary memory (memcpy); the device wrote it. ${TYPES}`,
      limit:
        'Cached memory: the memory bandwidth of one core. Uncached and write-combined memory is read a few bytes at a time, each a round trip over the bus where it lies on a device: tens of MB/s, and a program should let the device copy to cached memory instead. Where a hypervisor traps the window each load costs an exit of some µs.',
      verification:
        'All bytes of the first and the last operation are compared with what the device was given. Operations take turns between two places of the source whose words all differ.',
      sources: SOURCES,
    },
    operation: reads,
  }),
];
