import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { checkCase } from '../../src/suite/check-case.ts';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';
import { benchmark } from './benchmarks.ts';

const check = (parts: Partial<Benchmark>, n = 4): void => checkCase(makeCase(benchmark(parts), { n }));
const dispatch = (groups: readonly [number, number, number]): Partial<Benchmark> => ({
  work: () => [{ op: 'dispatch', shader: 'increment', groups }],
});
const entry = (json: string): Partial<Benchmark> => ({
  work: () => JSON.parse(`[{"op":"dispatch","shader":"copy-w4","entryPoint":${json},"groups":[1,1,1]}]`),
});
const image = (extent: string): Partial<Benchmark> => ({
  buffers: {
    x: {
      type: 'u8',
      elements: () => 64,
      image: { format: 'rgba8', dimensions: '2d', extent: () => JSON.parse(extent) },
    },
  },
});
const sized = (elements: (axes: { readonly n?: number }) => number): Partial<Benchmark> => ({
  buffers: { x: { type: 'u32', elements } },
});

describe('checkCase()', () => {
  it('accepts a case that makes sense', () => {
    expect(() => check({ requires: () => null, bytes: () => 0, flops: () => 3 })).not.toThrow();
  });

  it.each<[string, Partial<Benchmark>]>([
    ['n is odd', { requires: () => 'n is odd' }],
    ['buffer "x" would have 2.5 elements', sized(() => 2.5)],
    ['buffer "x" would have 0 elements', sized(() => 0)],
    ['buffer "x" would have NaN elements', sized(({ n }) => (n as number) * Number.NaN)],
    ['buffer "x" would have 1099511627776 elements', sized(() => 2 ** 40)],
    ['an iteration would count NaN bytes', { bytes: () => Number.NaN }],
    ['an iteration would count -1 flops', { flops: () => -1 }],
    ['an iteration would count Infinity items', { items: () => Number.POSITIVE_INFINITY }],
    ['work() of the benchmark gives no list of steps', { work: () => JSON.parse('{}') }],
    ['a step would be "undefined"', { work: () => JSON.parse('[null]') }],
    ['a step would be "dance"', { work: () => JSON.parse('[{"op":"dance"}]') }],
    ['a dispatch has no three counts', { work: () => JSON.parse('[{"op":"dispatch","groups":[1]}]') }],
    ['a dispatch has no three counts', { work: () => JSON.parse('[{"op":"dispatch"}]') }],
    ['image "x" has no three counts of texels', image('[4,4]')],
    ['image "x" (2d) would have 4 × 0 × 1 texels', image('[4,0,1]')],
    ['image "x" (2d) would have 4 × 1.5 × 1 texels', image('[4,1.5,1]')],
    ['image "x" (2d) would have 4 × 4 × 2 texels', image('[4,4,2]')],
    [
      'the shader of a dispatch is neither',
      { work: () => JSON.parse('[{"op":"dispatch","groups":[1,1,1]}]') },
    ],
    ['the entry point of a dispatch would be 7', entry('7')],
    ['reference() of the benchmark gives no list of steps', { reference: () => JSON.parse('{}') }],
    ['an iteration would count x bytes', { bytes: () => JSON.parse('"x"') }],
    ['a dispatch would have 1 × 0 × 1 workgroups', dispatch([1, 0, 1])],
    ['a dispatch would have 1 × 1 × 1.5 workgroups', dispatch([1, 1, 1.5])],
  ])('refuses a case of which the benchmark says: %s', (state, parts) => {
    expect(() => check(parts)).toThrow(`Cannot run count[n=4]: ${state}`);
    expect(() => check(parts)).toThrow(GuestmarkError);
  });

  it.each<[string, Partial<Benchmark>]>([
    ['requires()', { requires: () => fail() }],
    ['elements() of buffer "x"', sized(fail)],
    ['bytes()', { bytes: fail }],
    ['work()', { work: fail }],
  ])('says that %s failed where it throws', (what, parts) => {
    expect(() => check(parts)).toThrow(`Cannot run count[n=4]: ${what} of the benchmark failed: no room`);
  });
});

function fail(): never {
  throw new RangeError('no room');
}

describe('the built-in benchmarks', () => {
  it.each([
    ['copy[n=5]', 'n is not a positive multiple of 128'],
    ['triad[n=6]', 'n is not a positive multiple of 128'],
    ['reduce-sum[n=2]', 'n is not a positive multiple of 4'],
    ['reduce-sum[WORKGROUP_SIZE=100]', 'WORKGROUP_SIZE is not a power of two'],
    ['reduce-sum[groups=0]', 'a dispatch would have 0 × 1 × 1 workgroups'],
    ['copy-h2d[bytes=6]', 'bytes is not a positive multiple of 4'],
    ['fma-f32[loops=70000]', 'loops is more than 60000: some drivers end long loops silently'],
    ['fma-f32[invocations=100]', 'invocations is not a positive multiple of 256'],
    ['copy[WORKGROUP_SIZE=0]', 'WORKGROUP_SIZE is not a positive multiple of 8'],
    ['copy[n=-4]', 'n is not a positive multiple of 128'],
    ['triad[WORKGROUP_SIZE=2.5]', 'WORKGROUP_SIZE is not a positive multiple of 8'],
    ['reduce-sum[WORKGROUP_SIZE=0.5]', 'WORKGROUP_SIZE is not a power of two'],
    ['fma-f32[loops=2.5]', 'loops is not a positive integer'],
    ['mad-i8[loops=0]', 'loops is not a positive integer'],
    ['fma-f16[width=3]', 'width is none of 1, 2, 4'],
    ['roofline[n=1Ki]', 'n is not a positive multiple of 3072'],
    ['fma-f32[WORKGROUP_SIZE=0.5]', 'WORKGROUP_SIZE is not a positive integer'],
    ['histogram-shared[WORKGROUP_SIZE=0]', 'WORKGROUP_SIZE is not a positive integer'],
    ['histogram-global[WORKGROUP_SIZE=1.5]', 'WORKGROUP_SIZE is not a positive integer'],
    ['sgemm-tiled[TILE=0]', 'TILE is not a positive integer'],
    ['sgemm-tiled[TILE=1.5]', 'TILE is not a positive integer'],
  ])('refuse %s before anything runs', async (selector, state) => {
    const benchmarks = await loadBenchmarks();
    const plan = (): unknown => planCases(benchmarks, { suite: 'quick', selectors: [selector], axes: {} });
    expect(plan).toThrow(state);
  });
});
