// Atomic compare-and-exchange by how many invocations share an address, in device memory and in shared memory.
import {
  type AxisPoint,
  allOf,
  type Benchmark,
  compareElements,
  defineBenchmark,
  type WorkStep,
} from 'guestmark';
import { sharersProblem } from '../parts/sharers.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, wholeGroups } from '../parts/workgroup.ts';

/** Attempts of one turn of the kernel's loop. */
const ATTEMPTS = 8;
const SOFTWARE_ATTEMPTS_PER_SECOND = 2e8;

type CasAxes = 'invocations' | 'sharers' | 'loops' | 'WORKGROUP_SIZE';

interface Exchange extends Pick<Benchmark<CasAxes>, 'name' | 'suites'> {
  readonly kernel: string;
  readonly memory: 'device' | 'shared';
}

function compareAndExchange({ kernel, memory, ...named }: Exchange): Benchmark {
  const inShared = memory === 'shared';
  return defineBenchmark({
    ...named,
    summary: `Rate of atomic compare-and-exchange in ${memory} memory, sharers invocations to an address`,
    kind: 'throughput',
    category: 'synchronization',
    explanation: {
      method:
        'The k-th attempt of an invocation is to replace k by k + 1 at its address (atomicCompSwap), 8 attempts a turn of its loop. Each value is replaced once, by whoever comes first; the others fail and go on. Attempts are counted, not successes.',
      limit: inShared
        ? 'The atomic units of shared memory: with one address the attempts of a subgroup are served one after the other. On a software device one core does the work of a workgroup, and nobody contends.'
        : 'With one address, the unit beside the last-level cache that serves it, one attempt after the other; with an address for every invocation, all units of the cache. An attempt returns what it found, so that its latency counts where too few are under way. On a software device the cores pass the cache line to each other.',
      verification:
        'Exactly: at every address stands the number of attempts of one invocation, and as many of the attempts of all who share it succeeded.',
    },
    axes: {
      invocations: [2 ** 18],
      sharers: [inShared ? 1 : 2 ** 18],
      loops: [8],
      WORKGROUP_SIZE: [256],
    },
    requires: (axes) =>
      firstOf(tripCount('loops', axes.loops), wholeGroups(axes), sharersProblem(memory, axes)),
    skips: (axes, device) => slowInSoftware(device, attempts(axes), SOFTWARE_ATTEMPTS_PER_SECOND),
    buffers: {
      cells: { type: 'u32', elements: ({ invocations, sharers }) => invocations / sharers, fill: 'poison' },
      wins: { type: 'u32', elements: ({ invocations }) => invocations, fill: 'poison' },
    },
    work: ({ invocations, sharers, loops, WORKGROUP_SIZE }) => {
      const attempt: WorkStep = {
        op: 'dispatch',
        shader: kernel,
        constants: { WORKGROUP_SIZE },
        push: { loops, sharers },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      };
      // In shared memory the kernel itself begins with 0.
      return inShared ? [attempt] : [{ op: 'fill', buffer: 'cells', value: 0 }, attempt];
    },
    items: attempts,
    itemName: 'atomics',
    doubles: 'loops',
    verify: ({ sharers, loops }, { outputs }) => {
      const wins = winsPerCell(outputs.wins as Uint32Array, sharers);
      return allOf(
        compareElements('cells', outputs.cells as Uint32Array, () => ATTEMPTS * loops),
        compareElements('wins', wins, () => ATTEMPTS * loops),
      );
    },
  });
}

function attempts({ invocations, loops }: AxisPoint<CasAxes>): number {
  return ATTEMPTS * loops * invocations;
}

function winsPerCell(wins: Uint32Array, sharers: number): Float64Array {
  const sums = new Float64Array(wins.length / sharers);
  for (let i = 0; i < wins.length; i++) {
    const at = Math.floor(i / sharers);
    sums[at] = (sums[at] as number) + (wins[i] as number);
  }
  return sums;
}

export default [
  compareAndExchange({
    name: 'atomic-cas',
    kernel: 'atomic-cas-global',
    memory: 'device',
    suites: { standard: {}, full: { sharers: [1, 2, 8, 32, 256, 4096, 2 ** 18] } },
  }),
  compareAndExchange({
    name: 'atomic-cas-shared',
    kernel: 'atomic-cas-shared',
    memory: 'shared',
    suites: { full: { sharers: [1, 2, 8, 32, 256], loops: [4, 512] } },
  }),
];
