// Bandwidth of shared memory with barriers, in three widths.
import {
  type AxisPoint,
  type Benchmark,
  compareElements,
  defineBenchmark,
  type Explanation,
} from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, wholeGroups } from '../parts/workgroup.ts';

/** Floats of an invocation, whatever the width. */
const FLOATS = 8;
/** Of the start and of the number of the workgroup that is added: sums stay below 2^24. */
const MOST_START = 1024;
const ROUNDS_A_LOOP = 2;
/** Written and read by an invocation in a round. */
const BYTES_A_ROUND = 2 * 4 * FLOATS;
const SOFTWARE_BYTES_PER_SECOND = 2e9;

function bytesOf({ invocations, loops }: AxisPoint<'invocations' | 'loops' | 'WORKGROUP_SIZE'>): number {
  return BYTES_A_ROUND * ROUNDS_A_LOOP * loops * invocations;
}

/** @param width Components of what an invocation accesses at once. */
function sharedBandwidth(name: string, kernel: string, width: number, type: string): Benchmark {
  return defineBenchmark({
    name,
    summary: `Bandwidth of shared memory, written and read as ${type} with a barrier between`,
    kind: 'throughput',
    category: 'memory',
    explanation: explanationOf(type),
    axes: { invocations: [2 ** 18], loops: [250], WORKGROUP_SIZE: [256] },
    suites:
      width === 4
        ? {
            // With fewer loops beginning and ending the kernel is a good part of the time.
            quick: { invocations: [2 ** 16], loops: [15] },
            standard: { loops: [15, 250] },
            full: { loops: [15, 250], WORKGROUP_SIZE: [64, 128, 256] },
          }
        : { ...(width === 1 ? { standard: {} } : {}), full: { loops: [15, 250] } },
    requires: ({ invocations, loops, WORKGROUP_SIZE }) =>
      firstOf(
        tripCount('loops', loops),
        (ROUNDS_A_LOOP * loops) % WORKGROUP_SIZE === 0
          ? 'after so many loops every value is where it began'
          : null,
        wholeGroups({ invocations, WORKGROUP_SIZE }),
      ),
    skips: (axes, device) => slowInSoftware(device, bytesOf(axes), SOFTWARE_BYTES_PER_SECOND),
    buffers: {
      start: {
        type: 'f32',
        elements: ({ WORKGROUP_SIZE }) => FLOATS * WORKGROUP_SIZE,
        fill: fillIntegers(0, MOST_START - 1),
      },
      result: { type: 'f32', elements: ({ invocations }) => invocations, fill: 'poison' },
    },
    work: ({ invocations, loops, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: kernel,
        constants: { WORKGROUP_SIZE },
        push: { loops },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    bytes: bytesOf,
    doubles: 'loops',
    verify: ({ loops, WORKGROUP_SIZE }, { inputs, outputs }) => {
      const sums = weightedSums(inputs.start as Float32Array, width, WORKGROUP_SIZE);
      const rounds = ROUNDS_A_LOOP * loops;
      const weights = (FLOATS * (FLOATS + 1)) / 2;
      return compareElements('result', outputs.result as Float32Array, (i) => {
        const from = ((i % WORKGROUP_SIZE) + rounds) % WORKGROUP_SIZE;
        const group = Math.floor(i / WORKGROUP_SIZE) % MOST_START;
        return (sums[from] as number) + weights * (group + rounds);
      });
    },
  });
}

function explanationOf(type: string): Explanation {
  return {
    method: `In every round an invocation writes 32 bytes as ${type}, waits at a barrier and reads what its neighbour wrote. Two halves of the memory are used in turn, so that a round has one barrier. Invocations access neighbouring words.`,
    limit:
      'The width of shared memory (128 bytes a clock and compute unit on most GPUs) while several workgroups fit on a compute unit, so that one works where another waits; with one only, the barrier. Half of the accesses are writes. On a software device the barrier, where workgroups are switched, and generated code.',
    verification:
      'The weighted sum of the values of every invocation is compared exactly: each round moves a value on by one invocation and adds 1, and all values and sums are integers below 2^24.',
    sources: ['K. Bhat, clpeak, local memory bandwidth'],
  };
}

/** Sum of (j + 1) times float j, of the 8 floats that each invocation of a workgroup starts with. */
function weightedSums(start: Float32Array, width: number, workgroupSize: number): Float64Array {
  const sums = new Float64Array(workgroupSize);
  for (let i = 0; i < start.length; i++) {
    const slot = Math.floor(i / width / workgroupSize);
    const lane = Math.floor(i / width) % workgroupSize;
    sums[lane] = (sums[lane] as number) + (slot * width + (i % width) + 1) * (start[i] as number);
  }
  return sums;
}

export default [
  sharedBandwidth('shared-bandwidth-f32', 'shared-bandwidth-f32', 1, 'float'),
  sharedBandwidth('shared-bandwidth-vec2', 'shared-bandwidth-f32-vec2', 2, 'vec2'),
  sharedBandwidth('shared-bandwidth-vec4', 'shared-bandwidth-f32-vec4', 4, 'vec4'),
];
