// How many loads are in flight: the same random walk, several times at once.
import { allOf, compareElements, defineBenchmark } from 'guestmark';
import { endsOfWalks, fillCycle, regionProblem } from '../parts/random-cycle.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import { firstOf, multipleOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

/** Hops of every walk in one turn of the kernel's loop. */
const HOPS = 8;

/** The line where a walk starts: evenly over the region, which is at random in the cycle. */
function startOf(walkNumber: number, walks: number, bytes: number, stride: number): number {
  return (Math.floor((walkNumber * (bytes / stride)) / walks) * stride) / 4;
}

export default defineBenchmark({
  name: 'chase-chains',
  summary: 'Rate of dependent loads at random, several walks at once in every invocation of a workgroup',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'Every invocation of one workgroup follows several walks over the same random cycle; the hops of one walk depend on each other, those of different walks do not.',
    limit:
      'The rate is loads in flight over the time of one (Little). It grows with WORKGROUP_SIZE and chains until the compute unit holds no more outstanding loads, or the cache level serves no more. On a software device the loads of a vector are made one after the other, and the processor overlaps them.',
    verification:
      'The words where all walks end, over all dispatches, are compared with walks over the same cycle on the CPU, exactly, and the turns of the loop are counted.',
    sources: ['J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research, 1961'],
  },
  axes: { bytes: [2 ** 26], stride: [128], WORKGROUP_SIZE: [32], chains: [4], hops: [2048] },
  suites: {
    standard: { chains: [8] },
    full: { bytes: [2 ** 21, 2 ** 26], WORKGROUP_SIZE: [1, 32, 256], chains: [1, 2, 4, 8] },
  },
  requires: ({ bytes, stride, WORKGROUP_SIZE, chains, hops }) =>
    firstOf(
      regionProblem(bytes, stride),
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      oneOf('chains', chains, [1, 2, 3, 4, 5, 6, 7, 8]),
      WORKGROUP_SIZE * chains <= bytes / stride ? null : 'there are more walks than lines',
      multipleOf('hops', hops, HOPS),
      turnsOfAllLoops(hops / HOPS),
    ),
  buffers: {
    next: {
      type: 'u32',
      elements: ({ bytes }) => bytes / 4,
      fill: (into, { stride }, random) => fillCycle(into, stride, random),
    },
    at: {
      type: 'u32',
      elements: ({ WORKGROUP_SIZE, chains }) => WORKGROUP_SIZE * chains,
      fill: (into, { bytes, stride }) => {
        for (let i = 0; i < into.length; i++) into[i] = startOf(i, into.length, bytes, stride);
      },
    },
    turns: { type: 'u32', elements: ({ WORKGROUP_SIZE }) => WORKGROUP_SIZE },
  },
  work: ({ WORKGROUP_SIZE, chains, hops }) => [
    {
      op: 'dispatch',
      shader: 'chase-chains',
      constants: { WORKGROUP_SIZE, CHAINS: chains },
      push: { loops: hops / HOPS },
      groups: [1, 1, 1],
    },
  ],
  items: ({ WORKGROUP_SIZE, chains, hops }) => WORKGROUP_SIZE * chains * hops,
  itemName: 'hops',
  doubles: 'hops',
  verify: ({ stride, hops }, { inputs, outputs, iterations }) => {
    const end = endsOfWalks(inputs.next as Uint32Array, stride, hops * iterations);
    const starts = inputs.at as Uint32Array;
    return allOf(
      compareElements('at', outputs.at as Uint32Array, (i) => end(starts[i] as number)),
      compareElements('turns', outputs.turns as Uint32Array, () => ((hops / HOPS) * iterations) >>> 0),
    );
  },
});
