import { describe, expect, it } from 'vitest';
import {
  defineBenchmark,
  isShaderBenchmark,
  type ShaderBenchmark,
} from '../../src/definition/shader-benchmark.ts';
import { messageOf } from './interfaces.ts';

const verify = () => ({ ok: true, checked: 1 }) as const;

describe('defineBenchmark()', () => {
  it('takes a benchmark of a shader, with the names of its axes in its functions, and freezes it', () => {
    const benchmark = defineBenchmark({
      shader: 'saxpy.comp',
      axes: { n: [1024], q: [1, 2] },
      flops: ({ n, q }) => 2 * n * q,
      elements: { x: ({ n }) => n },
      set: { scale: ({ q }) => [q, q] },
      fill: { x: 'random', y: (into, { n }) => void into.fill(n) },
      verify: ({ n }, { x }, { y }) => ({ ok: true, checked: n + (x?.length ?? 0) + (y?.length ?? 0) }),
    });
    expect(Object.isFrozen(benchmark)).toBe(true);
    expect(isShaderBenchmark(benchmark)).toBe(true);
    expect(defineBenchmark({ shader: new URL('file:///a.spv') })).toHaveProperty('shader');
  });

  it('lets the compiler find a misspelt axis', () => {
    // @ts-expect-error There is no axis q.
    defineBenchmark({ shader: 'a.comp', axes: { n: [1] }, flops: ({ n, q }) => n * q });
    // @ts-expect-error There is no axis m.
    defineBenchmark({ shader: 'a.comp', axes: { n: [1] }, elements: { x: ({ m }) => m } });
    // @ts-expect-error There is no axis m.
    defineBenchmark({ shader: 'a.comp', axes: { n: [1] }, verify: ({ m }) => ({ ok: true, checked: m }) });
    // @ts-expect-error There is no axis q.
    const annotated: ShaderBenchmark<'n'> = { shader: 'a.comp', axes: { n: [1] }, flops: ({ q }) => q };
    const plain = { name: 'x', summary: '', kind: 'latency', suites: {}, buffers: {}, verify } as const;
    // @ts-expect-error There is no axis q.
    defineBenchmark({ ...plain, axes: { n: [1] }, work: ({ q }) => [q] });
    expect(annotated.shader).toBe('a.comp');
  });

  it('takes a plain benchmark as before', () => {
    const plain = defineBenchmark({
      name: 'x',
      summary: 'X.',
      kind: 'latency',
      axes: { n: [1] },
      suites: {},
      buffers: { b: { type: 'f32', elements: ({ n }) => n } },
      work: () => [],
      verify,
    });
    expect(plain.name).toBe('x');
    expect(isShaderBenchmark(plain)).toBe(false);
  });

  it.each([
    [{ flop: () => 1 }, '"flop" is no part of it (known: items, groups, flops'],
    [{ shader: 5 }, 'shader is no path and no file: URL'],
    [{ shader: '' }, 'shader is no path and no file: URL'],
    [{ shader: new URL('https://example.org/a.comp') }, 'shader is no path and no file: URL'],
    [{ items: () => 1, groups: () => 1 }, 'items and groups exclude each other'],
    [{ flops: 3 }, 'flops is no function'],
    [{ verify: {} }, 'verify is no function'],
    [{ elements: [] }, 'elements is no object'],
    [{ elements: { x: 4 } }, 'elements of "x" is no function'],
    [{ set: null }, 'set is no object'],
    [{ fill: { x: 'one' } }, 'fill of "x" is none of zero, random and no function'],
    [{ axes: [1] }, 'axes is no object'],
    [{ axes: { 'a b': [1] } }, 'axis "a b" is not a plain name'],
    [{ axes: { n: [] } }, 'axis n has no list of values'],
    [{ axes: { n: 4 } }, 'axis n has no list of values'],
    [{ axes: { n: ['4'] } }, 'axis n has a value that is no finite number'],
    [{ axes: { n: [Number.NaN] } }, 'axis n has a value that is no finite number'],
    [{ axes: { n: [4, 8, 4] } }, 'axis n has the value 4 twice'],
    [{ name: 'My Shader' }, 'the name is not made of lower-case letters, digits and dashes'],
    [{ summary: 1 }, 'summary is no text'],
    [{ kind: 'fast' }, 'kind "fast" is none of throughput, latency'],
    [{ entryPoint: 1 }, 'entryPoint is no text'],
    [{ defines: { N: 4 } }, 'defines of "N" is no text'],
    [{ defines: 'N' }, 'defines is no object'],
    [{ includeFolders: 'a' }, 'includeFolders is no list of paths'],
    [{ includeFolders: [4] }, 'includeFolders is no list of paths'],
  ])('refuses %j: %s', (parts, problem) => {
    const benchmark = { shader: 'a.comp', ...parts } as unknown as ShaderBenchmark;
    expect(messageOf(() => defineBenchmark(benchmark))).toContain(problem);
  });

  it.each([null, undefined, 4, 'a.comp', { shader: Object.create(null) }, { shader: Symbol('s') }])(
    'refuses %s',
    (value) => {
      expect(messageOf(() => defineBenchmark(value as unknown as ShaderBenchmark))).toContain(
        'Cannot define',
      );
    },
  );
});
