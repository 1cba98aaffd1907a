// What it costs a workgroup to wait for itself. A barrier alone would leave no trace in any output, so each one orders a
// store before a load, and the result shows whether it did.
import { compareElements, defineBenchmark } from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { atMost, firstOf, MOST_GROUPS, positiveInteger } from '../parts/workgroup.ts';

/** Barriers of one turn of the kernel's loop. */
const BARRIERS = 8;
/** Invocations times barriers. */
const SOFTWARE_ARRIVALS_PER_SECOND = 4e7;

export default defineBenchmark({
  name: 'barrier',
  summary: 'Time of a barrier of a workgroup, with a store before it and a load after it',
  kind: 'throughput',
  category: 'synchronization',
  explanation: {
    method:
      'In every round an invocation stores a word to shared memory, waits at barrier(), loads what its neighbour stored, multiplies and adds: what depends on the barrier is then in the result. With one workgroup the time is that of a round; with more it is the time of the device over the rounds of all workgroups.',
    limit:
      'The barrier, the latency of a load from shared memory behind it (shared-latency measures that alone) and the store before it. It grows with WORKGROUP_SIZE, because more subgroups must arrive. On a software device a barrier switches between the parts of a workgroup, which are run one after the other.',
    verification:
      'Every value is compared exactly, modulo 2^32, with the same rounds on the CPU, from random values: the factor of each invocation tells who had a value, and when.',
    sources: [
      'H. Wong and others, Demystifying GPU Microarchitecture through Microbenchmarking, ISPASS 2010',
    ],
  },
  axes: { groups: [1], WORKGROUP_SIZE: [256], loops: [500] },
  suites: {
    quick: {},
    standard: {},
    full: { groups: [1, 1024], WORKGROUP_SIZE: [32, 64, 128, 256, 512, 1024] },
  },
  requires: ({ groups, WORKGROUP_SIZE, loops }) =>
    firstOf(
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      positiveInteger('groups', groups),
      atMost('groups', groups, MOST_GROUPS),
      tripCount('loops', loops),
    ),
  skips: ({ groups, WORKGROUP_SIZE, loops }, device) =>
    slowInSoftware(device, BARRIERS * loops * groups * WORKGROUP_SIZE, SOFTWARE_ARRIVALS_PER_SECOND),
  buffers: {
    start: { type: 'u32', elements: ({ WORKGROUP_SIZE }) => WORKGROUP_SIZE, fill: 'random' },
    result: {
      type: 'u32',
      elements: ({ groups, WORKGROUP_SIZE }) => groups * WORKGROUP_SIZE,
      fill: 'poison',
    },
  },
  work: ({ groups, WORKGROUP_SIZE, loops }) => [
    {
      op: 'dispatch',
      shader: 'barrier',
      constants: { WORKGROUP_SIZE },
      push: { loops },
      groups: [groups, 1, 1],
    },
  ],
  items: ({ groups, loops }) => BARRIERS * loops * groups,
  itemName: 'barriers',
  showsItemTime: true,
  doubles: 'loops',
  verify: ({ WORKGROUP_SIZE, loops }, { inputs, outputs }) => {
    const ends = passedOn(inputs.start as Uint32Array, BARRIERS * loops);
    return compareElements('result', outputs.result as Uint32Array, (i) => {
      const [lane, group] = [i % WORKGROUP_SIZE, Math.floor(i / WORKGROUP_SIZE)];
      return ((ends[lane] as number) + group) >>> 0;
    });
  },
});

/** What a workgroup ends with: in a round, each takes from its neighbour. */
function passedOn(start: Uint32Array, rounds: number): Uint32Array {
  const x = Uint32Array.from(start);
  for (let round = 0; round < rounds; round++) {
    const first = x[0] as number;
    x.copyWithin(0, 1);
    x[x.length - 1] = first;
    for (let lane = 0; lane < x.length; lane++) x[lane] = Math.imul(x[lane] as number, 2 * lane + 1) + 1;
  }
  return x;
}
