// Latency of shared memory: the pointer chase in a table there.
import { defineBenchmark } from 'guestmark';
import { compareWalk, HOPS } from '../parts/chase.ts';
import { fillCycle } from '../parts/random-cycle.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import { firstOf, multipleOf, positiveInteger } from '../parts/workgroup.ts';

/** Bytes from word to word. */
const WORD = 4;

export default defineBenchmark({
  name: 'shared-latency',
  summary: 'Time of a dependent load at random in bytes of shared memory, one invocation',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'A workgroup brings a table with a random cycle over its words into shared memory; then its first invocation follows the cycle, 32 hops a turn of its loop. Every dispatch goes on where the last one stopped.',
    limit:
      'The latency of a load from shared memory, and the instruction or two that make its address. Bringing the table costs about as much as a hundred hops. On a software device shared memory is memory of the CPU, in its first cache.',
    verification:
      'The word where all hops of all dispatches end is compared with a walk over the same cycle on the CPU, exactly, and the turns of the loop are counted.',
    sources: [
      'H. Wong and others, Demystifying GPU Microarchitecture through Microbenchmarking, ISPASS 2010',
    ],
  },
  axes: { bytes: [4096], hops: [32768], WORKGROUP_SIZE: [64] },
  suites: { standard: {}, full: { bytes: [1024, 4096, 16384] } },
  requires: ({ bytes, hops, WORKGROUP_SIZE }) =>
    firstOf(
      multipleOf('bytes', bytes, 2 * WORD),
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      multipleOf('hops', hops, HOPS),
      turnsOfAllLoops(hops / HOPS + Math.ceil(bytes / WORD / WORKGROUP_SIZE)),
    ),
  buffers: {
    next: {
      type: 'u32',
      elements: ({ bytes }) => bytes / WORD,
      fill: (into, _, random) => fillCycle(into, WORD, random),
    },
    at: { type: 'u32', elements: () => 1 },
    turns: { type: 'u32', elements: () => 1 },
  },
  work: ({ bytes, hops, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'shared-latency',
      constants: { WORKGROUP_SIZE, WORDS: bytes / WORD },
      push: { loops: hops / HOPS },
      groups: [1, 1, 1],
    },
  ],
  items: ({ hops }) => hops,
  itemName: 'hops',
  showsItemTime: true,
  doubles: 'hops',
  verify: ({ hops }, context) => compareWalk(WORD, hops, context),
});
