// Bandwidth of reading over the size of what is read: every cache of a device shows as a step of the curve.
import { allOf, compareElements, defineBenchmark } from 'guestmark';
import { Checksums } from '../parts/checksum.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { slowInSoftware } from '../parts/software.ts';
import { firstOf, multipleOf, oneOf } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;
const UNROLL = 8;
const MOST_GROUPS = 4096;
/** Words that the reference reads; more take too long. */
const MOST_CHECKED_WORDS = 2 ** 23;
/** Bytes that one core of a CPU was measured to read in a second, roughly. */
const SOFTWARE_BYTES_PER_SECOND = 4e9;

/** Every power of two from 4 KiB to 1 GiB, and half as much again. */
const SIZES = Array.from({ length: 19 }, (_, i) => 4 * KI * 2 ** i).flatMap((size) =>
  size === 2 ** 30 ? [size] : size === 4 * KI ? [size] : [size, 1.5 * size],
);

interface Axes {
  /** Of the set. */
  readonly bytes: number;
  /** Bytes that one dispatch reads at least. */
  readonly traffic: number;
  readonly width: number;
  readonly WORKGROUP_SIZE: number;
}

export default defineBenchmark({
  name: 'working-set',
  summary: 'Bandwidth of reading the same bytes again and again, over how many they are',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'Within one dispatch every workgroup reads the set block by block, a piece of width words for every invocation, each beginning at another block; eight loads of an invocation are in flight. A set that fits the first-level cache is read from there by every compute unit, a larger one by all together from the next level, down to memory. A dispatch reads traffic bytes, and the set at least twice: enough that its start does not count, which at the rate of the caches of a large device takes more than the smallest traffic.',
    limit:
      'On a GPU the cache that still holds the set, or memory. On a software device generated code, which is slower than its caches and nearly as slow as its memory: the curve is flat there and shows no cache.',
    verification:
      'The checksums of every workgroup, or evenly spread as many as read 2^23 words, the first and the last among them, exactly: the sum modulo 2^32 of the random words that an invocation reads, each as often as it reads it. A pass that was left out shows.',
    sources: ['gpu-benches, gpu-cache and gpu-l2-cache', 'GPUPerfTests, memory bandwidth by region size'],
  },
  axes: { bytes: [32 * KI], traffic: [256 * MI], width: [4], WORKGROUP_SIZE: [256] },
  suites: {
    standard: {
      bytes: [16 * KI, 128 * KI, MI, 8 * MI, 32 * MI, 64 * MI, 128 * MI],
      traffic: [256 * MI, 4096 * MI],
    },
    full: { bytes: SIZES, traffic: [256 * MI, 4096 * MI] },
  },
  doubles: 'traffic',
  requires: ({ bytes, traffic, width, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('traffic', traffic, UNROLL * MOST_GROUPS * 4 * width * WORKGROUP_SIZE),
      oneOf('width', width, [4, 8]),
      multipleOf('WORKGROUP_SIZE', WORKGROUP_SIZE, 8),
      multipleOf('bytes', bytes, 4 * width * WORKGROUP_SIZE),
    ),
  skips: (axes, device) => slowInSoftware(device, readBytes(axes), SOFTWARE_BYTES_PER_SECOND),
  buffers: {
    x: { type: 'u32', elements: ({ bytes }) => bytes / 4, fill: 'random' },
    checksums: {
      type: 'u32',
      elements: ({ WORKGROUP_SIZE }) => MOST_GROUPS * WORKGROUP_SIZE,
      fill: 'poison',
    },
  },
  work: (axes) => {
    const { blocks, passes, hop } = walkOf(axes);
    const constants = { WORKGROUP_SIZE: axes.WORKGROUP_SIZE, UNROLL };
    const push = { blocks, passes, hop };
    const shader = `working-set-w${axes.width}`;
    return [{ op: 'dispatch', shader, constants, push, groups: [MOST_GROUPS, 1, 1] }];
  },
  bytes: (axes) => readBytes(axes),
  verify: (axes, { inputs, outputs }) => {
    const { WORKGROUP_SIZE } = axes;
    const checksums = outputs.checksums as Uint32Array;
    const ofGroups = checkedGroups(axes).map((group) => {
      const expected = checksumsOf(axes, inputs.x as Uint32Array, group);
      const actual = checksums.subarray(group * WORKGROUP_SIZE, (group + 1) * WORKGROUP_SIZE);
      return compareElements(`checksums of workgroup ${group}`, actual, (lane) => expected.value(lane));
    });
    return allOf(...ofGroups, compareWritten('checksums', checksums));
  },
});

function blockBytes({ width, WORKGROUP_SIZE }: Axes): number {
  return 4 * width * WORKGROUP_SIZE;
}

function readBytes(axes: Axes): number {
  return walkOf(axes).passes * MOST_GROUPS * blockBytes(axes);
}

/** How the workgroups go round a set of so many bytes. */
function walkOf(axes: Axes): { readonly blocks: number; readonly passes: number; readonly hop: number } {
  const blocks = axes.bytes / blockBytes(axes);
  const bytes = Math.max(axes.traffic, 2 * axes.bytes);
  const passes = UNROLL * Math.ceil(bytes / (MOST_GROUPS * blockBytes(axes) * UNROLL));
  // One block on for a workgroup alone, and the whole window of all workgroups on where the set is larger than that.
  return { blocks, passes, hop: (MOST_GROUPS + 1) % blocks };
}

/** Workgroups whose checksums are computed again. */
function checkedGroups(axes: Axes): readonly number[] {
  const words = walkOf(axes).passes * (blockBytes(axes) / 4);
  return sampledIndices(MOST_GROUPS, MOST_CHECKED_WORDS / words);
}

function checksumsOf(axes: Axes, words: Uint32Array, group: number): Checksums {
  const { width, WORKGROUP_SIZE } = axes;
  const { blocks, passes, hop } = walkOf(axes);
  const sums = new Checksums(WORKGROUP_SIZE, width);
  for (let pass = 0; pass < passes; pass++) {
    const block = (group + pass * hop) % blocks;
    for (let lane = 0; lane < WORKGROUP_SIZE; lane++)
      sums.add(lane, words, (block * WORKGROUP_SIZE + lane) * width);
  }
  return sums;
}
