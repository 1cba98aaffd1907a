// Benchmarks for tests: small, and complete enough to run on a simulated device.
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { compareElements } from '../../src/suite/verification.ts';

/** A benchmark that counts its iterations, with what a test wants to be different. */
export function benchmark(parts: Partial<Benchmark> = {}): Benchmark {
  return {
    name: 'count',
    summary: 'Counts iterations',
    kind: 'throughput',
    axes: { n: [4] },
    suites: { quick: {} },
    buffers: { counter: { type: 'u32', elements: () => 1 } },
    work: () => [{ op: 'dispatch', shader: 'increment', groups: [1, 1, 1] }],
    verify: (_, { outputs, iterations }) =>
      compareElements('counter', outputs.counter as Uint32Array, () => iterations),
    ...parts,
  };
}
