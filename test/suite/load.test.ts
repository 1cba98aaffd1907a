import { describe, expect, it } from 'vitest';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';

describe('loadBenchmarks()', () => {
  it('finds every benchmark of bench/, and each plans in both suites', async () => {
    const benchmarks = await loadBenchmarks();
    expect(benchmarks.map(({ name }) => name)).toEqual([
      'copy-h2d',
      'copy-d2h',
      'copy',
      'empty-submit',
      'fma-f32',
      'fma-f32-vec4',
      'histogram-shared',
      'histogram-global',
      'reduce-sum',
      'sgemm-tiled',
      'submit-dispatch',
      'triad',
    ]);
    for (const suite of ['quick', 'standard'] as const) {
      const planned = planCases(benchmarks, { suite, selectors: [], axes: {} });
      expect(new Set(planned.map(({ benchmark: { name } }) => name)).size).toBe(benchmarks.length);
    }
  });

  it('refuses a module without a benchmark', async () => {
    const empty = 'data:text/javascript,export const nothing = 1';
    await expect(loadBenchmarks([empty])).rejects.toThrow('it has no default export');
  });

  it.each([
    ['1', 'an export is no benchmark (it is no object)'],
    ['null', 'an export is no benchmark (it is no object)'],
    ['class Mine {}', '"Mine" is no benchmark (it is no object)'],
    ['[[]]', 'an export is no benchmark (it is no object)'],
    ['{ name: "mine", kind: "latency", axes: null, work() {} }', '"mine" is no benchmark (summary, axes,'],
    ['({})', '(name, summary, kind, axes, suites, buffers, work, verify is missing)'],
    [
      '{ name: "M!", summary: "", kind: "latency", axes: {}, suites: {}, buffers: {}, work() {}, verify() {} }',
      'lower-case letters',
    ],
  ])('refuses a module that exports %s', async (text, message) => {
    const url = `data:text/javascript,export default ${encodeURIComponent(text)}`;
    await expect(loadBenchmarks([url])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
    await expect(loadBenchmarks([url])).rejects.toThrow(`Cannot load benchmarks from ${url}`);
  });

  it('names the file whose code throws', async () => {
    const url = 'data:text/javascript,throw new TypeError("no such thing")';
    await expect(loadBenchmarks([url])).rejects.toThrow(
      `Cannot load benchmarks from ${url}: it failed with "no such thing"`,
    );
  });
});
