// What one access of the CPU to mapped memory costs, word by word: nanoseconds where a cache serves it, about a
// microsecond over a bus, tens of them where a hypervisor traps the window and emulates each access.
import {
  type AxisPoint,
  allOf,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type MakeOperation,
} from 'guestmark';
import {
  type BoundBuffer,
  createBoundBuffer,
  type LogicalDevice,
  type MappedMemory,
  type MemoryTypeInfo,
  mapMemory,
} from 'guestmark/vulkan';
import { type BufferContents, bufferContents } from '../parts/buffer-contents.ts';
import { heapFigure, mappableProblem, mappableTypes } from '../parts/mappable-type.ts';
import { endOfWalk, fillCycle, regionProblem } from '../parts/random-cycle.ts';
import { atLeast, firstOf } from '../parts/workgroup.ts';

const KI = 2 ** 10;
/** A cache line. */
const STRIDE_BYTES = 64;
const LINE_WORDS = STRIDE_BYTES / 4;
/**
 * Accesses of an operation: many for a cache, and not too many for a window that is trapped. A prime, so that no number of
 * operations below the lines of the cycle ends where it began.
 */
const ACCESSES = 251;
const WRITTEN_BYTES = 4 * KI;

interface MappedBuffer {
  readonly device: LogicalDevice;
  readonly type: MemoryTypeInfo;
  readonly buffer: BoundBuffer;
  readonly mapped: MappedMemory;
  readonly contents: BufferContents;
}

function mappedBuffer({ scope, vulkan }: HostContext, at: number, bytes: number): MappedBuffer {
  const device = vulkan();
  const type = mappableTypes(device.info)[at] as MemoryTypeInfo;
  const buffer = scope.use(createBoundBuffer(device, bytes, type, 'words'));
  const mapped = scope.use(mapMemory(device, buffer, 0, bytes));
  return { device, type, buffer, mapped, contents: bufferContents(device, scope, bytes) };
}

const writes: MakeOperation<'type'> = ({ type: at }, host) => {
  const { device, type, buffer, mapped, contents } = mappedBuffer(host, at, WRITTEN_BYTES);
  mapped.bytes.fill(0);
  mapped.flush();
  // Two views that begin at different lines: of one, a compiler may take the value written for the one read.
  const written = new Uint32Array(mapped.bytes.buffer);
  const read = new Int32Array(mapped.bytes.buffer, STRIDE_BYTES);
  let value = 0;
  return {
    calls: 0,
    run: () => {
      let next = value;
      for (let access = 0; access < ACCESSES; access++) {
        written[LINE_WORDS] = next + 1;
        next = read[0] as number;
      }
      value = next;
    },
    verify: (count) => {
      const accesses = (count * ACCESSES) | 0;
      const expected = new Uint32Array(WRITTEN_BYTES / 4);
      expected[LINE_WORDS] = accesses;
      mapped.flush();
      return allOf(
        compareElements('value', [value], [accesses]),
        contents.compare('words', buffer, new Uint8Array(expected.buffer)),
      );
    },
    figures: () => [heapFigure(device.info, type)],
  };
};

const reads: MakeOperation<'type' | 'bytes'> = ({ type: at, bytes }, host) => {
  const { device, type, buffer, mapped, contents } = mappedBuffer(host, at, bytes);
  const cycle = new Uint32Array(bytes / 4);
  fillCycle(cycle, STRIDE_BYTES, host.random);
  contents.write(buffer, new Uint8Array(cycle.buffer));
  mapped.invalidate();
  const words = new Uint32Array(mapped.bytes.buffer);
  let word = 0;
  return {
    calls: 0,
    run: () => {
      let next = word;
      for (let access = 0; access < ACCESSES; access++) next = words[next] as number;
      word = next;
    },
    verify: (count) =>
      allOf(
        compareElements('word', [word], [endOfWalk(cycle, STRIDE_BYTES, 0, count * ACCESSES)]),
        contents.compare('words', buffer, new Uint8Array(cycle.buffer)),
      ),
    figures: () => [heapFigure(device.info, type)],
  };
};

const common = {
  category: 'host',
  skips: ({ type }: AxisPoint<'type'>, device: Parameters<typeof mappableProblem>[1]) =>
    mappableProblem(type, device),
  items: () => ACCESSES,
  itemName: 'accesses',
  showsItemTime: true,
} as const;

const typeProblem = (type: number): string | null =>
  Number.isInteger(type) ? atLeast('type', type, 0) : 'type is no whole number';

const ALL_TYPES = [0, 1, 2, 3, 4, 5, 6, 7];

const LIMIT =
  'Cached memory of the machine: the level of the cache, one to a few ns, of which the loop in JavaScript is about one; a CPU that renames memory takes no time at all between a write and the read of it. Memory of the device behind a bus: a round trip, some hundred ns to 2 µs. Some 5 µs and more say that a hypervisor traps the window: each access leaves the guest and is emulated.';

const SOURCES = ['Chips and Cheese, GPUPerfTests, uplink latency', 'Cloud Hypervisor, issue 3237'];

export default [
  defineHostBenchmark({
    ...common,
    name: 'mapped-write-latency',
    summary:
      'Time of a 4-byte write of the CPU to mapped memory and the read of the same word, by memory type',
    explanation: {
      method: `The CPU writes a word of mapped memory and reads it back, and what it reads is the next to be written: ${ACCESSES} such pairs in an operation, and the time of a pair is shown. The axis type counts as that of mapped-write.`,
      limit: `${LIMIT} A pair is two accesses.`,
      verification:
        'Every pair adds one to the word: it must equal the number of pairs, as the CPU reads it and as the device sees it, and no other word of the page may change.',
      sources: SOURCES,
    },
    axes: { type: [0] },
    suites: { latency: {}, host: { type: [0, 1] }, full: { type: ALL_TYPES } },
    requires: ({ type }) => typeProblem(type),
    operation: writes,
  }),
  defineHostBenchmark({
    ...common,
    name: 'mapped-read-latency',
    summary: 'Time of a dependent 4-byte read of the CPU from mapped memory, by memory type',
    explanation: {
      method: `The CPU follows a random cycle through the cache lines of mapped memory, each word leading to the next: ${ACCESSES} reads in an operation, and the time of one is shown. The axis type counts as that of mapped-write.`,
      limit: LIMIT,
      verification:
        'The word where all reads of all operations end is compared with a walk over the same cycle in ordinary memory, and the cycle must be unchanged.',
      sources: SOURCES,
    },
    axes: { type: [0], bytes: [64 * KI] },
    suites: {
      latency: {},
      host: { type: [0, 1] },
      full: { type: ALL_TYPES, bytes: [4 * KI, 64 * KI] },
    },
    requires: ({ type, bytes }) => firstOf(typeProblem(type), regionProblem(bytes, STRIDE_BYTES)),
    operation: reads,
  }),
];
