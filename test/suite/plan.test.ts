import { describe, expect, it } from 'vitest';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { type PlanRequest, planCases } from '../../src/suite/plan.ts';
import { benchmark } from './benchmarks.ts';

const COPY = benchmark({
  name: 'copy',
  axes: { n: [1024], size: [8, 16] },
  suites: { quick: {}, standard: { n: [1024, 2048] } },
});
const DEEP = benchmark({ name: 'deep', axes: { depth: [1] }, suites: { standard: {} } });
const plan = (request: Partial<PlanRequest>): string[] =>
  planCases([COPY, DEEP], { suite: 'quick', selectors: [], axes: {}, ...request }).map(({ id }) => id);

describe('planCases()', () => {
  it('takes the benchmarks of the suite, at every point of their axes', () => {
    expect(plan({})).toEqual(['copy[n=1Ki,size=8]', 'copy[n=1Ki,size=16]']);
  });

  it('takes the values that the suite sets', () => {
    expect(plan({ suite: 'standard' })).toHaveLength(5);
  });

  it('finds a selected benchmark in whatever suite it is', () => {
    expect(plan({ selectors: ['deep'] })).toEqual(['deep[depth=1]']);
  });

  it('takes the id of a report back, with values that no suite has', () => {
    expect(plan({ selectors: ['copy[n=3,size=5]'] })).toEqual(['copy[n=3,size=5]']);
  });

  it('keeps the planned values of axes that a selector does not name', () => {
    expect(plan({ selectors: ['copy[n=2Ki]'] })).toEqual(['copy[n=2Ki,size=8]', 'copy[n=2Ki,size=16]']);
  });

  it('plans a case once, however often it was selected', () => {
    expect(plan({ selectors: ['copy', 'c*', 'copy[size=8]'] })).toHaveLength(2);
  });

  it('sets an axis in every benchmark that has it', () => {
    expect(plan({ selectors: ['*'], axes: { size: [32] } })).toEqual([
      'copy[n=1Ki,size=32]',
      'deep[depth=1]',
    ]);
  });

  it('refuses a selector that matches nothing, and lists what there is', () => {
    expect(() => plan({ selectors: ['triad'] })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'known: copy, deep' }),
    );
    expect(() => plan({ selectors: ['copy[m=1]'] })).toThrow(
      expect.objectContaining({ hint: 'known: n, size' }),
    );
  });

  it('refuses an axis that nothing has', () => {
    expect(() => plan({ axes: { depth: [3] } })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'axes: n, size' }),
    );
  });
});

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
    ['1', 'name, axes, suites, buffers, work, verify is missing'],
    ['class Mine {}', 'axes, suites, buffers, work, verify is missing'],
    ['[{ name: "mine", axes: {}, suites: {}, buffers: {}, work: () => [] }]', 'verify is missing'],
    ['{ name: "Mine!", axes: {}, suites: {}, buffers: {}, work() {}, verify() {} }', 'lower-case letters'],
  ])('refuses a module that exports %s', async (text, message) => {
    const url = `data:text/javascript,export default ${encodeURIComponent(text)}`;
    await expect(loadBenchmarks([url])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });
});
