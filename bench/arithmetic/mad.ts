// Peak arithmetic in integers
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { problemOf,  STEPS_PER_LOOP } from '../parts/multiply-add.ts';

function mad(type: 'i32' | 'i64' | 'i16' | 'i8'): Benchmark {
  return defineBenchmark({
    name: `mad-${type}`,
    summary: `Peak rate of fused multiply-add`,
    kind: 'throughput',
    category: 'arithmetic',
    axes: { invocations: [2 ** 18], loops: [16], width: [1], chains: [12], shape: [0], WORKGROUP_SIZE: [256] },
    suites: { quick: {}, },
    requires: problemOf,
    buffers: { result: { type: 'i32', elements: ({ invocations }) => invocations, fill: 'poison' } },
    work: ({ invocations, loops, width, chains, shape, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `mad-${type}${width === 1 ? '' : `-vec${width}`}`,
        constants: { WORKGROUP_SIZE, CHAINS: chains, SHAPE: shape },
        push: { loops, a: 5, b: 1 },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    items: ({ invocations, loops, width, chains }) => 2 * width * chains * STEPS_PER_LOOP * loops * invocations,
    itemName: 'ops',
    verify: (_, { outputs }) => compareElements('result', outputs.result as Float32Array, (i) => 0),
  });
}

export default [mad('i32'), mad('i64'), mad('i16'), mad('i8')];
