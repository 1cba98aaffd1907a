// What subgroups do together: rates of their operations on a full device, and the time of one where each depends on the
// one before.
import {
  type Benchmark,
  compareElements,
  type DeviceInfo,
  defineBenchmark,
  type Explanation,
} from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import { type SubgroupOperation, subgroupResults } from '../parts/subgroup-operations.ts';
import { tripCount } from '../parts/trip-count.ts';
import { atLeast, firstOf, multipleOf, powerOfTwo } from '../parts/workgroup.ts';

/** Operations of one turn of the kernel's loop. */
const OPERATIONS = 8;
/** The kernel broadcasts from the invocations 0 to 3. */
const LEAST_SIZE = 4;
const SOFTWARE_OPERATIONS_PER_SECOND = 5e8;

/** What is measured: a full device, or one workgroup. */
interface Measure extends Pick<Benchmark<'invocations' | 'loops' | 'WORKGROUP_SIZE'>, 'axes' | 'suites'> {
  readonly operation: SubgroupOperation;
  readonly what: string;
}

function subgroup({ operation, what, axes, suites }: Measure, isLatency: boolean): Benchmark {
  return defineBenchmark({
    name: isLatency ? `subgroup-${operation}-latency` : `subgroup-${operation}`,
    summary: isLatency
      ? `Time of ${what} where each depends on the one before`
      : `Rate of ${what}, by the invocations that take part`,
    kind: 'throughput',
    category: 'synchronization',
    explanation: explanationOf(isLatency),
    axes,
    suites,
    requires: ({ invocations, loops, WORKGROUP_SIZE }) =>
      firstOf(
        tripCount('loops', loops),
        powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
        atLeast('WORKGROUP_SIZE', WORKGROUP_SIZE, LEAST_SIZE),
        multipleOf('invocations', invocations, WORKGROUP_SIZE),
      ),
    skips: ({ invocations, loops, WORKGROUP_SIZE }, device) =>
      sizeProblem(device, WORKGROUP_SIZE) ??
      slowInSoftware(device, OPERATIONS * loops * invocations, SOFTWARE_OPERATIONS_PER_SECOND),
    buffers: {
      start: { type: 'u32', elements: ({ WORKGROUP_SIZE }) => WORKGROUP_SIZE, fill: 'random' },
      result: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
      places: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
    },
    work: ({ invocations, loops, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `subgroup-${operation}`,
        constants: { WORKGROUP_SIZE, ALONE: isLatency ? 1 : 0 },
        push: { loops },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    items: ({ invocations, loops }) => OPERATIONS * loops * (isLatency ? 1 : invocations),
    itemName: 'ops',
    showsItemTime: isLatency,
    doubles: 'loops',
    verify: ({ loops }, { inputs, outputs }) => {
      const start = inputs.start as Uint32Array;
      const expected = subgroupResults(operation, start, outputs.places as Uint32Array, {
        rounds: OPERATIONS * loops,
        alone: isLatency,
      });
      return compareElements('result', outputs.result as Uint32Array, expected);
    },
  });
}

function explanationOf(isLatency: boolean): Explanation {
  return {
    method: `Every invocation makes 8 such operations a turn of its loop, each with the result of the one before and an addition or two. ${
      isLatency
        ? 'One subgroup of one workgroup makes them, so that nothing hides the time of one.'
        : 'What each invocation takes part in is counted: divide by the size of a subgroup for instructions.'
    }`,
    limit: isLatency
      ? 'The latency of the operation and of the addition or two between. A device without an instruction for it makes it in log2(size) steps.'
      : 'The unit that exchanges values between the invocations of a subgroup, where enough subgroups are there to hide its latency. A device without an instruction for the operation makes it in log2(size) steps. On a software device it is done invocation by invocation.',
    verification:
      'Exactly, modulo 2^32: the same operations are made on the CPU. Vulkan leaves to the device which invocations form a subgroup: the kernel writes sizes and places, and the check refuses what is implausible.',
    sources: ['uVkCompute, subgroup arithmetic'],
  };
}

/** Subgroups must be full: nobody may be asked for the value of an invocation that is not there. */
function sizeProblem({ subgroupSize }: DeviceInfo, workgroupSize: number): string | null {
  if (!subgroupSize.available) return null;
  const { value } = subgroupSize;
  if (value < LEAST_SIZE) return `its subgroups have ${value} invocations, and ${LEAST_SIZE} are needed`;
  return value <= workgroupSize ? null : `its subgroups have ${value} invocations, more than a workgroup`;
}

const WHAT: Readonly<Record<SubgroupOperation, string>> = {
  reduce: 'subgroupAdd',
  scan: 'subgroupInclusiveAdd',
  shuffle: 'subgroupShuffle',
  ballot: 'subgroupBallot',
  broadcast: 'subgroupBroadcast',
};

/** The first for software devices; the second fills a large GPU several times. */
const STANDARD = { invocations: [2 ** 17, 2 ** 20] };

function both(operation: SubgroupOperation, standard: Measure['suites']): readonly Benchmark[] {
  const measured = { operation, what: WHAT[operation] };
  const rate: Measure = {
    ...measured,
    axes: { invocations: [2 ** 17], loops: [128], WORKGROUP_SIZE: [256] },
    suites: {
      ...standard,
      full: { invocations: [2 ** 17, 2 ** 20], loops: [16, 128], WORKGROUP_SIZE: [64, 256] },
    },
  };
  const latency: Measure = {
    ...measured,
    // As many as are in the largest subgroup that Vulkan allows.
    axes: { invocations: [128], loops: [2048], WORKGROUP_SIZE: [128] },
    suites: { full: {} },
  };
  return [subgroup(rate, false), subgroup(latency, true)];
}

export default [
  ...both('reduce', { quick: { loops: [16] }, standard: STANDARD }),
  ...both('scan', {}),
  ...both('shuffle', { standard: STANDARD }),
  ...both('ballot', { standard: STANDARD }),
  ...both('broadcast', {}),
];
