// Peak arithmetic in floating point
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { problemOf, type Point, STEPS_PER_LOOP } from '../parts/multiply-add.ts';

function fma(type: 'f32' | 'f64' | 'f16' | 'mixed'): Benchmark {
  return defineBenchmark({
    name: `fma-${type}`,
    summary: `Peak rate of fused multiply-add`,
    kind: 'throughput',
    category: 'arithmetic',
    axes: { invocations: [2 ** 18], loops: [16], width: [1], chains: [12], shape: [0], WORKGROUP_SIZE: [256] },
    suites: { quick: {}, },
    requires: problemOf,
    buffers: { result: { type: type === 'f64' ? 'f64' : 'f32', elements: ({ invocations }) => invocations, fill: 'poison' } },
    work: ({ invocations, loops, width, chains, shape, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `fma-${type}${width === 1 ? '' : `-vec${width}`}`,
        constants: { WORKGROUP_SIZE, CHAINS: chains, SHAPE: shape },
        push: { loops, a: 1, b: 1, c: -29 / 16 },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    flops: ({ invocations, loops, width, chains }) => 2 * width * chains * STEPS_PER_LOOP * loops * invocations,
    verify: (axes, { outputs }) => {
      const expected = sums(axes);
      return compareElements('result', outputs.result as Float32Array, (i) => expected[i % 64] as number);
    },
  });
}

function sums({ loops, width, chains, shape }: Point): readonly number[] {
  return Array.from({ length: 64 }, (_, lane) => {
    let sum = 0;
    for (let k = 0; k < width * chains; k++) {
      const orbit = orbitOf((lane + 5 * k) % 64, shape, loops);
      sum += orbit.end + (k === 0 ? orbit.sum : 0);
    }
    return sum;
  });
}

function orbitOf(start: number, shape: number, loops: number): { end: number; sum: number } {
  let x = shape === 0 ? start : ([-0.25, -1.75, 1.25, -0.25][start % 4] as number);
  let sum = 0;
  let b = 1;
  for (let i = 0; i < loops; i++) {
    for (let step = 0; step < STEPS_PER_LOOP; step++) x = shape === 0 ? x + b : x * x - 29 / 16;
    sum += x;
    b = -b;
  }
  return { end: x, sum };
}

export default [fma('f32'), fma('f64'), fma('f16'), fma('mixed')];
