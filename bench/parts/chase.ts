// What all pointer chases through a buffer share: one invocation, a random cycle, and a walk that goes on from dispatch
// to dispatch.
import {
  allOf,
  type Benchmark,
  type BufferPlan,
  compareElements,
  defineBenchmark,
  type Explanation,
  type Verification,
  type VerifyContext,
} from 'guestmark';
import { endOfWalk, fillCycle, regionProblem } from './random-cycle.ts';
import { turnsOfAllLoops } from './trip-count.ts';
import { firstOf, multipleOf } from './workgroup.ts';

/** Hops of one turn of the kernels' loops. */
export const HOPS = 32;
/** Only one invocation goes on; of one alone, a compiler would know that its addresses are those of all. */
const WORKGROUP_SIZE = 32;

type ChaseAxes = 'bytes' | 'stride' | 'hops';

/** What differs between them. */
export interface Chase extends Pick<Benchmark<ChaseAxes>, 'name' | 'summary' | 'axes' | 'suites'> {
  readonly kernel: string;
  readonly explanation: Omit<Explanation, 'verification'>;
  readonly memory?: BufferPlan['memory'];
}

/** A benchmark of the time of a hop. */
export function chase({ kernel, explanation, memory = 'device', ...named }: Chase): Benchmark {
  return defineBenchmark<ChaseAxes>({
    ...named,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      ...explanation,
      verification:
        'The word where all hops of all dispatches end is compared with a walk over the same cycle on the CPU, exactly, and the turns of the loop are counted.',
    },
    requires: ({ bytes, stride, hops }) =>
      firstOf(regionProblem(bytes, stride), multipleOf('hops', hops, HOPS), turnsOfAllLoops(hops / HOPS)),
    buffers: {
      next: {
        type: 'u32',
        elements: ({ bytes }) => bytes / 4,
        memory,
        fill: (into, { stride }, random) => fillCycle(into, stride, random),
      },
      at: { type: 'u32', elements: () => 1 },
      turns: { type: 'u32', elements: () => 1 },
    },
    work: ({ hops }) => [
      {
        op: 'dispatch',
        shader: kernel,
        constants: { WORKGROUP_SIZE },
        push: { loops: hops / HOPS },
        groups: [1, 1, 1],
      },
    ],
    items: ({ hops }) => hops,
    itemName: 'hops',
    showsItemTime: true,
    doubles: 'hops',
    verify: ({ stride, hops }, context) => compareWalk(stride, hops, context),
  });
}

/** Where one walk ends that began at word 0, and how many turns its loop took, over all dispatches. */
export function compareWalk(
  strideBytes: number,
  hops: number,
  { inputs, outputs, iterations }: VerifyContext,
): Verification {
  const end = endOfWalk(inputs.next as Uint32Array, strideBytes, 0, hops * iterations);
  return allOf(
    compareElements('at', outputs.at as Uint32Array, () => end),
    compareElements('turns', outputs.turns as Uint32Array, () => ((hops / HOPS) * iterations) >>> 0),
  );
}
