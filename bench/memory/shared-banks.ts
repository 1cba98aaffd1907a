// What bank conflicts of shared memory cost, by the distance of neighbouring invocations.
import { type AxisPoint, compareElements, defineBenchmark } from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import { firstOf, positiveInteger, wholeGroups } from '../parts/workgroup.ts';

/** Of the table, as the kernel has them: 2048 starts, and what 16 reads reach behind the last of them. */
const WORDS = 2304;
const MASK = 2047;
/** Reads of one turn of the kernel's loop, and words from one to the next: too far to be joined to a wider one. */
const READS = 16;
const APART = 17;
/** Words that every invocation moves on in a turn. */
const STEP = 5;
/** What the sum so far is multiplied by in a turn, so that the order of the turns counts. */
const FACTOR = 5;
/** Bytes that one core of a CPU was measured to read in a second, roughly. */
const SOFTWARE_BYTES_PER_SECOND = 1.5e9;

function bytesOf({
  invocations,
  loops,
}: AxisPoint<'invocations' | 'stride' | 'loops' | 'WORKGROUP_SIZE'>): number {
  return 4 * READS * loops * invocations;
}

export default defineBenchmark({
  name: 'shared-banks',
  summary: 'Bandwidth of reads from shared memory where neighbouring invocations read words a stride apart',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'A workgroup brings a table into shared memory. Invocation i reads words from i × stride on, 16 independent ones a turn of its loop; all move on together, so that the conflicts stay the same.',
    limit:
      'Memory of 32 banks serves one word of each bank at a time: at stride s the rate is that of stride 1 over the greatest common divisor of s and 32. At stride 1 the limit is the width of shared memory, or, where that is wide, the addition for every word. On a software device there are no banks, and all strides should be equal.',
    verification:
      'The sum of all words that an invocation read, weighted so that their order counts, is compared with that of the same reads on the CPU, exactly, modulo 2^32.',
    sources: ['NVIDIA, CUDA C++ Programming Guide, shared memory'],
  },
  axes: { invocations: [2 ** 18], stride: [1], loops: [256], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { stride: [1, 32] },
    full: { stride: [1, 2, 3, 4, 8, 16, 31, 32, 33, 64], loops: [16, 256] },
  },
  requires: ({ invocations, stride, loops, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('stride', stride),
      wholeGroups({ invocations, WORKGROUP_SIZE }),
      turnsOfAllLoops(loops + Math.ceil(WORDS / WORKGROUP_SIZE)),
    ),
  skips: (axes, device) => slowInSoftware(device, bytesOf(axes), SOFTWARE_BYTES_PER_SECOND),
  buffers: {
    table: { type: 'u32', elements: () => WORDS, fill: 'random' },
    result: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
  },
  work: ({ invocations, stride, loops, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'shared-banks',
      constants: { WORKGROUP_SIZE },
      push: { loops, stride },
      groups: [invocations / WORKGROUP_SIZE, 1, 1],
    },
  ],
  bytes: bytesOf,
  doubles: 'loops',
  verify: ({ stride, loops, WORKGROUP_SIZE }, { inputs, outputs }) => {
    const table = inputs.table as Uint32Array;
    const sums = Array.from({ length: WORKGROUP_SIZE }, (_, lane) => sumOf(table, lane * stride, loops));
    let power = 1;
    for (let i = 0; i < loops; i++) power = Math.imul(power, FACTOR);
    return compareElements(
      'result',
      outputs.result as Uint32Array,
      (i) => (Math.imul(power, i) + (sums[i % WORKGROUP_SIZE] as number)) >>> 0,
    );
  },
});

/** What an invocation adds up that begins with 0, modulo 2^32. */
function sumOf(table: Uint32Array, first: number, loops: number): number {
  let sum = 0;
  for (let i = 0; i < loops; i++) {
    const at = (first + STEP * i) & MASK;
    sum = Math.imul(sum, FACTOR);
    for (let k = 0; k < READS; k++) sum = (sum + (table[at + APART * k] as number)) | 0;
  }
  return sum;
}
