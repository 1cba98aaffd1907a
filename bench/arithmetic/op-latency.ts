// The latency of one arithmetic operation: one chain of dependent ones.
import { type Benchmark, defineBenchmark } from 'guestmark';
import { arithmeticOp, parametersOf } from '../parts/arithmetic-op.ts';
import { loopProblem, STEPS_PER_LOOP } from '../parts/multiply-add.ts';
import { verifyOp } from '../parts/op-reference.ts';

/** One invocation is measured. Of one alone a compiler knows that its values are those of all, and may use a scalar unit. */
const WORKGROUP_SIZE = 2;

function latency(name: string, suites: readonly ('quick' | 'standard')[]): Benchmark {
  const op = arithmeticOp(name);
  return defineBenchmark<'loops' | 'WORKGROUP_SIZE'>({
    name: `latency-${name}`,
    summary: `Time of one dependent ${op.what} (${op.type})`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Each of two neighbouring invocations, or of a workgroup of WORKGROUP_SIZE, runs one chain of the operation (of one alone a compiler would know that its values are those of all, and could use a scalar unit), 16 steps per loop; each step needs the result of the one before. Operations that converge begin anew with every loop, which adds one multiply-add to 16 of them.',
      limit:
        'The pipeline depth of the unit, in cycles of its clock. The launch of the dispatch is within it: some microseconds for 400,000 operations.',
      verification:
        op.type === 'i32'
          ? 'Every element, exactly: the last value and the sum of the values after every 8 steps, modulo 2^32.'
          : 'Every element: the last value and the sum of the values after every 8 steps, in double precision, within the ulps of every step that the precision tables of the Vulkan specification allow and one for every addition to the sum.',
      sources: ['Vulkan specification, Precision and Operation of SPIR-V Instructions'],
    },
    axes: { loops: [25_000], WORKGROUP_SIZE: [WORKGROUP_SIZE] },
    suites: {
      ...(suites.includes('quick') ? { quick: {} } : {}),
      ...(suites.includes('standard') ? { standard: {} } : {}),
      full: {},
    },
    requires: ({ loops, WORKGROUP_SIZE }) =>
      loopProblem({ invocations: WORKGROUP_SIZE, loops, chains: 1, WORKGROUP_SIZE }),
    ...(op.needs === undefined ? {} : { needs: op.needs }),
    buffers: {
      result: {
        type: op.type === 'i64' ? 'i32' : op.type,
        elements: ({ WORKGROUP_SIZE }) => WORKGROUP_SIZE,
        fill: 'poison',
      },
    },
    work: ({ loops, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `op-${name}`,
        constants: { WORKGROUP_SIZE, CHAINS: 1 },
        push: { loops, ...parametersOf(op), zero: 0 },
        groups: [1, 1, 1],
      },
    ],
    items: ({ loops }) => STEPS_PER_LOOP * loops,
    itemName: 'ops',
    showsItemTime: true,
    doubles: 'loops',
    verify: ({ loops }, { outputs }) => verifyOp(op, { loops, chains: 1 }, outputs.result as Float32Array),
  });
}

export default [
  latency('fma-f32', ['quick', 'standard']),
  latency('add-f32', []),
  latency('mul-f32', []),
  latency('div-f32', ['standard']),
  latency('sqrt-f32', []),
  latency('rcp-f32', []),
  latency('fma-f64', ['standard']),
  latency('mad-i32', ['standard']),
];
