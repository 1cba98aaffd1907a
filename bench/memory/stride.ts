// Reads that lie apart and copies that begin beside a cache line: what a device loses where an access is not the one it
// was built for.
import { allOf, compareElements, defineBenchmark } from 'guestmark';
import { streamConstants, streamGroups, streamProblem } from '../parts/stream.ts';
import {
  atMost,
  firstOf,
  multipleOf,
  oneOf,
  positiveInteger,
  powerOfTwo,
  stridedGroups,
} from '../parts/workgroup.ts';

const MI = 2 ** 20;
const UNROLL = 8;
/** Enough to fill a large device; the checksums of more would be more than a few percent of what is read. */
const MOST_GROUPS = 1024;
/** Words behind the copied ones, into which an offset reaches. */
const MARGIN = 64;

interface StrideAxes {
  readonly n: number;
  readonly WORKGROUP_SIZE: number;
}

const stride = defineBenchmark({
  name: 'stride',
  summary: 'Memory bandwidth of reading n words of 4 bytes that lie stride words apart, over 4 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'n words are read column by column, as a matrix with rows of stride words: every word exactly once, and neighbouring invocations stride words apart, eight loads of an invocation in flight. Each adds its words to a checksum.',
    limit:
      'On a GPU the smallest unit that its memory moves: with 32 bytes the rate halves at strides 2, 4 and 8 and then stays, with more where the caches hold no row until its next column. Useful bytes are counted, not moved ones. On a software device generated code, which loads every word by itself, until its cache lines no longer last.',
    verification:
      'Every checksum, exactly: the sum modulo 2^32 of the random words that its invocation reads.',
    sources: ['gpu-benches, gpu-strides'],
  },
  axes: { n: [16 * MI], stride: [1], WORKGROUP_SIZE: [256] },
  suites: {
    // 128 MiB, more than the last cache of the largest GPUs.
    standard: { n: [32 * MI], stride: [1, 8, 32] },
    full: { n: [MI, 32 * MI], stride: [1, 2, 4, 8, 16, 32, 64, 128] },
  },
  requires: (axes) =>
    firstOf(
      powerOfTwo('n', axes.n),
      powerOfTwo('stride', axes.stride),
      atMost('stride', axes.stride, axes.n),
      positiveInteger('WORKGROUP_SIZE', axes.WORKGROUP_SIZE),
      multipleOf('n', axes.n, axes.WORKGROUP_SIZE * UNROLL),
    ),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
    checksums: { type: 'u32', elements: (axes) => strideGroups(axes) * axes.WORKGROUP_SIZE, fill: 'poison' },
  },
  work: (axes) => [
    {
      op: 'dispatch',
      shader: 'stride',
      constants: { WORKGROUP_SIZE: axes.WORKGROUP_SIZE, UNROLL },
      push: { n: axes.n, stride: axes.stride, shift: Math.log2(axes.n / axes.stride) },
      groups: [strideGroups(axes), 1, 1],
    },
  ],
  bytes: ({ n }) => 4 * n,
  verify: (axes, { inputs, outputs }) => {
    const { n, stride, WORKGROUP_SIZE } = axes;
    const words = inputs.x as Uint32Array;
    const sums = new Uint32Array(strideGroups(axes) * WORKGROUP_SIZE);
    for (let position = 0; position < n; position++) {
      const group = Math.floor(position / (WORKGROUP_SIZE * UNROLL)) % strideGroups(axes);
      const reader = group * WORKGROUP_SIZE + (position % WORKGROUP_SIZE);
      const [row, column] = [position % (n / stride), Math.floor(position / (n / stride))];
      sums[reader] = (sums[reader] as number) + (words[row * stride + column] as number);
    }
    return compareElements('checksums', outputs.checksums as Uint32Array, sums);
  },
});

function strideGroups({ n, WORKGROUP_SIZE }: StrideAxes): number {
  return stridedGroups(n / UNROLL, WORKGROUP_SIZE, MOST_GROUPS)[0];
}

const misaligned = defineBenchmark({
  name: 'misaligned',
  summary: 'Memory bandwidth of y[i + writeOffset] = x[i + readOffset], words of 4 bytes, over 8 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'The copy, with width words of 4 bytes in a row for every invocation, begun readOffset words behind the start of x and writeOffset behind that of y. GLSL has no vector load at such an address, so a width of 4 is four loads that a compiler may join only where it knows them aligned.',
    limit:
      'On a GPU the memory, and the lines that an access straddles: an offset costs a line more in every access of a subgroup, which its caches mostly take up. On a software device generated code, which loads every word by itself and so does not mind the offset.',
    verification:
      'Every word of y, bit for bit, also the poison in front of and behind the copied words, which must stay.',
    sources: ['ProjectPhysX OpenCL-Benchmark, misaligned read and write'],
  },
  axes: { n: [16 * MI], readOffset: [1], writeOffset: [0], width: [1], WORKGROUP_SIZE: [256] },
  suites: {
    standard: {},
    full: {
      readOffset: [0, 1, 2, 4, 8, 16],
      writeOffset: [0, 1, 8],
      width: [1, 4],
    },
  },
  requires: (axes) =>
    firstOf(
      streamProblem(axes, [1, 4]),
      offsetProblem('readOffset', axes.readOffset),
      offsetProblem('writeOffset', axes.writeOffset),
    ),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n + MARGIN, fill: 'random' },
    y: { type: 'u32', elements: ({ n }) => n + MARGIN, fill: 'poison' },
  },
  work: (axes) => [
    {
      op: 'dispatch',
      shader: `misaligned-w${axes.width}`,
      constants: streamConstants(axes, streamGroups(axes)),
      push: { n: axes.n, readOffset: axes.readOffset, writeOffset: axes.writeOffset },
      groups: [streamGroups(axes), 1, 1],
    },
  ],
  bytes: ({ n }) => 8 * n,
  verify: ({ n, readOffset, writeOffset }, { inputs, outputs }) => {
    const { x, y: poison } = inputs as { x: Uint32Array; y: Uint32Array };
    const y = outputs.y as Uint32Array;
    const end = writeOffset + n;
    return allOf(
      compareElements('y', y.subarray(writeOffset, end), (i) => x[i + readOffset] as number),
      compareElements('y behind the copy', y.subarray(end), (i) => poison[end + i] as number),
      ...(writeOffset === 0
        ? []
        : [compareElements('y before the copy', y.subarray(0, writeOffset), poison)]),
    );
  },
});

function offsetProblem(name: string, value: number): string | null {
  return oneOf(
    name,
    value,
    Array.from({ length: MARGIN }, (_, offset) => offset),
  );
}

export default [stride, misaligned];
