import { describe, expect, it } from 'vitest';
import { CATEGORIES, SUITE_NAMES } from '../../src/suite/benchmark.ts';
import { builtInModules, loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';

describe('loadBenchmarks()', () => {
  it('finds every benchmark of bench/, by category, and plans every suite of them', async () => {
    const benchmarks = await loadBenchmarks();
    const categories = benchmarks.map(({ category }) => category);
    expect([...new Set(categories)]).toEqual(CATEGORIES.filter((one) => categories.includes(one)));
    expect(benchmarks.map(({ name }) => name)).toContain('copy');
    for (const suite of SUITE_NAMES) {
      const planned = planCases(benchmarks, { suite, selectors: [], axes: {} });
      const belonging = benchmarks.filter(({ suites }) => suites[suite] !== undefined);
      expect(belonging.length).toBeGreaterThan(0);
      expect(new Set(planned.map(({ benchmark: { name } }) => name)).size).toBe(belonging.length);
    }
  });

  it('loads only the built-in modules that it is told, by what the names of their benchmarks were found in', async () => {
    await loadBenchmarks();
    const places = builtInModules(['copy', 'triad', 'copy', 'of-somebody-else']);
    expect(places).toEqual(['memory/copy', 'memory/triad']);
    const names = (await loadBenchmarks([], places)).map(({ name }) => name);
    expect(names).toContain('copy');
    expect(names.length).toBeLessThan(10);
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
