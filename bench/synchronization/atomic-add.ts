// Atomic additions by how many invocations share an address: in device memory and in shared memory, of integers and of
// floats, one by one and joined in subgroups.
import { type Benchmark, type BufferPlan, compareElements, defineBenchmark, type WorkStep } from 'guestmark';
import { sharersProblem } from '../parts/sharers.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, multipleOf, wholeGroups } from '../parts/workgroup.ts';

/** Additions of one turn of the kernel's loop. */
const ADDITIONS = 8;
/** Floats that are added are 0, 1, 2 or 3, and their sums stay exact. */
const MOST_FLOAT = 4;
const LARGEST_EXACT = 2 ** 24;
const SOFTWARE_ADDITIONS_PER_SECOND = 2e8;

type Axes = Readonly<Record<'invocations' | 'sharers' | 'loops' | 'WORKGROUP_SIZE', number>>;

interface Addition extends Pick<Benchmark<keyof Axes>, 'name' | 'summary' | 'suites'> {
  readonly kernel: string;
  readonly memory: 'device' | 'shared';
  readonly type: 'u32' | 'f32';
  readonly needs?: readonly string[];
  readonly method: string;
  readonly limit: string;
  /** Whether the value of an invocation grows by 1 with every addition. */
  readonly grows?: boolean;
  /** Why so many invocations cannot share an address, beside what the memory forbids. */
  readonly sharersMust?: (axes: Axes) => string | null;
}

function atomicAdd(addition: Addition): Benchmark {
  const { kernel, memory, type, method, limit, sharersMust, grows = false, ...named } = addition;
  const isFloat = type === 'f32';
  return defineBenchmark({
    ...named,
    kind: 'throughput',
    category: 'synchronization',
    explanation: {
      method: `${method} What an addition finds is not asked for, and the address is computed so that no compiler sees who shares it.`,
      limit,
      verification: isFloat
        ? 'Every sum is compared exactly: the addends are whole numbers, and all sums stay below 2^24.'
        : 'Every sum is compared exactly, modulo 2^32, over all dispatches: each adds 8 loops times the random values of its sharers (of values that grow, each in turn).',
    },
    axes: {
      invocations: [2 ** 18],
      sharers: [memory === 'shared' ? 1 : isFloat ? 256 : 2 ** 18],
      loops: [isFloat ? 8 : 16],
      WORKGROUP_SIZE: [256],
    },
    requires: (axes) =>
      firstOf(
        tripCount('loops', axes.loops),
        wholeGroups(axes),
        sharersProblem(memory, axes),
        sharersMust?.(axes) ?? null,
        isFloat && largestSum(axes) > LARGEST_EXACT ? 'sums of floats would not be exact' : null,
      ),
    skips: (axes, device) => slowInSoftware(device, additions(axes), SOFTWARE_ADDITIONS_PER_SECOND),
    buffers: {
      values: valuesOf(type),
      sums: { type, elements: ({ invocations, sharers }) => invocations / sharers },
    },
    work: ({ invocations, sharers, loops, WORKGROUP_SIZE }) => {
      const add: WorkStep = {
        op: 'dispatch',
        shader: kernel,
        constants: { WORKGROUP_SIZE },
        push: { loops, sharers },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      };
      // Sums of floats begin anew, because only small ones are exact.
      return isFloat ? [{ op: 'fill', buffer: 'sums', value: 0 }, add] : [add];
    },
    items: additions,
    itemName: 'atomics',
    doubles: 'loops',
    verifies: isFloat ? 'one iteration' : 'all iterations',
    verify: ({ sharers, loops }, { inputs, outputs, iterations }) => {
      const sums = addedUp(inputs.values as Uint32Array | Float32Array, sharers);
      const times = ADDITIONS * loops * (isFloat ? 1 : iterations);
      const growth = grows ? Math.imul(iterations * sharers, growthOf(ADDITIONS * loops)) : 0;
      const expected = (i: number): number =>
        isFloat ? (sums[i] as number) * times : (Math.imul(sums[i] as number, times) + growth) >>> 0;
      return compareElements('sums', outputs.sums as Uint32Array | Float32Array, expected);
    },
  });
}

function additions({ invocations, loops }: Axes): number {
  return ADDITIONS * loops * invocations;
}

/** What the growth of a value adds to the sum of so many of it: 0 + 1 + 2 and so on. */
function growthOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function largestSum({ sharers, loops }: Axes): number {
  return ADDITIONS * loops * sharers * (MOST_FLOAT - 1);
}

function valuesOf(type: 'u32' | 'f32'): BufferPlan<keyof Axes> {
  return {
    type,
    elements: ({ invocations }) => invocations,
    fill: (into, _, random) => {
      const most = type === 'f32' ? MOST_FLOAT : 2 ** 32;
      for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * most);
    },
  };
}

/** Sums of the values of those who share an address, modulo 2^32. */
function addedUp(values: Uint32Array | Float32Array, sharers: number): Uint32Array {
  const sums = new Uint32Array(values.length / sharers);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(i / sharers);
    sums[at] = (sums[at] as number) + (values[i] as number);
  }
  return sums;
}

const GLOBAL_LIMIT =
  'With one address, the unit beside the last-level cache that serves it, one addition after the other (a GPU joins those of one instruction first, and then serves a few a clock). With an address for every invocation, all units of the cache. On a software device the cores pass the cache line to each other.';
const SHARED_LIMIT =
  'Shared memory and its atomic units: with one address the additions of a subgroup are served one after the other, with one for each invocation at the rate of plain accesses or a part of it. Floats may be added in a loop of compare-and-exchange, which contention makes far slower. On a software device one core does the work of a workgroup, and nobody contends.';
const SPREAD = [1, 2, 8, 32, 256, 4096, 2 ** 18];

export default [
  atomicAdd({
    name: 'atomic-add',
    summary: 'Rate of atomic additions of uint in device memory, sharers invocations to an address',
    kernel: 'atomic-add-global-u32',
    memory: 'device',
    type: 'u32',
    method:
      'Every invocation adds its value to its sum in device memory again and again, 8 times a turn of its loop.',
    limit: GLOBAL_LIMIT,
    suites: { quick: { loops: [1] }, standard: { sharers: [1, 2 ** 18] }, full: { sharers: SPREAD } },
  }),
  atomicAdd({
    name: 'atomic-add-f32',
    summary: 'Rate of atomic additions of float in device memory, sharers invocations to an address',
    kernel: 'atomic-add-global-f32',
    memory: 'device',
    type: 'f32',
    needs: ['shaderBufferFloat32AtomicAdd'],
    method: 'As atomic-add with floats; the sums are set to 0 before each dispatch.',
    limit: `${GLOBAL_LIMIT} Some devices add floats in a loop of compare-and-exchange, which contention makes far slower.`,
    suites: { standard: {}, full: { sharers: [1, 2, 8, 32, 256, 4096] } },
  }),
  atomicAdd({
    name: 'atomic-add-subgroup',
    summary: 'Rate of atomic additions of uint in device memory, joined in subgroups to one',
    kernel: 'atomic-add-subgroup-u32',
    memory: 'device',
    type: 'u32',
    method:
      'As atomic-add, but a subgroup adds up its values first (subgroupAdd) and makes one atomic addition; the values that arrive are counted, not the atomics. A value grows by 1 with every addition, so that no compiler can take the sum of a subgroup out of the loop.',
    grows: true,
    limit:
      'The atomic unit as for atomic-add, once a subgroup; then the addition in the subgroup. What it gains over atomic-add with one address is what joining is worth on the device.',
    sharersMust: ({ sharers, WORKGROUP_SIZE }) => multipleOf('sharers', sharers, WORKGROUP_SIZE),
    suites: { standard: {}, full: { sharers: [256, 4096, 2 ** 18] } },
  }),
  atomicAdd({
    name: 'atomic-add-shared',
    summary: 'Rate of atomic additions of uint in shared memory, sharers invocations to an address',
    kernel: 'atomic-add-shared-u32',
    memory: 'shared',
    type: 'u32',
    method:
      'Every invocation adds its value to its sum in shared memory again and again, 8 times a turn of its loop; at the end the sums of a workgroup are added to those in device memory.',
    limit: SHARED_LIMIT,
    suites: {
      standard: { sharers: [1, 256], loops: [512] },
      full: { sharers: [1, 2, 8, 32, 256], loops: [4, 512] },
    },
  }),
  atomicAdd({
    name: 'atomic-add-shared-f32',
    summary: 'Rate of atomic additions of float in shared memory, sharers invocations to an address',
    kernel: 'atomic-add-shared-f32',
    memory: 'shared',
    type: 'f32',
    needs: ['shaderSharedFloat32AtomicAdd'],
    method: 'As atomic-add-shared with floats; the sums are set to 0 before each dispatch.',
    limit: SHARED_LIMIT,
    suites: { full: { sharers: [1, 2, 8, 32, 256], loops: [4, 512] } },
  }),
];
