import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/display-width.ts';
import { benchmarksTable } from '../../src/report/list-table.ts';
import { defineBenchmark } from '../../src/suite/benchmark.ts';
import { describeBenchmark } from '../../src/suite/describe-benchmark.ts';
import { planCases } from '../../src/suite/plan.ts';
import type { Verification } from '../../src/suite/verification.ts';

const common = {
  kind: 'throughput' as const,
  buffers: {},
  work: () => [],
  verify: (): Verification => ({ ok: true, checked: 1 }),
};
const BENCHMARKS = [
  defineBenchmark({
    ...common,
    name: 'copy',
    summary: 'Memory bandwidth of y[i] = x[i]',
    axes: { n: [2 ** 24], SIZE: [128, 256] },
    suites: { quick: {}, standard: { n: [2 ** 20, 2 ** 24] } },
  }),
  defineBenchmark({
    ...common,
    name: 'empty-submit',
    summary: 'Round trip of an empty submission',
    axes: {},
    suites: { quick: {} },
  }),
  defineBenchmark({
    ...common,
    name: 'odd',
    summary: 'Runs only when it is named',
    axes: { n: [1000] },
    suites: {},
  }),
];
const DESCRIBED = BENCHMARKS.map((one) => describeBenchmark(one));

describe('benchmarksTable()', () => {
  it('shows what each measures, and axes and number of cases in every suite', () => {
    expect(benchmarksTable(DESCRIBED, { width: 80, color: false })).toMatchInlineSnapshot(`
      "benchmark     suite     cases  what it measures, and its axes
      copy                           Memory bandwidth of y[i] = x[i]
                    quick         2  n=16Mi SIZE=128,256
                    standard      4  n=1Mi,16Mi SIZE=128,256
      empty-submit                   Round trip of an empty submission
                    quick         1  no axes
      odd                            Runs only when it is named
                    none          1  n=1000
      "
    `);
  });

  it('puts a heading over each category, and names what has none', () => {
    const [copy, empty, odd] = DESCRIBED;
    if (copy === undefined || empty === undefined || odd === undefined) throw new Error('there are three');
    const sorted = [
      { ...copy, category: 'memory' as const },
      { ...copy, name: 'triad', category: 'memory' as const, suites: {} },
      { ...empty, category: 'host' as const },
      odd,
    ];
    expect(benchmarksTable(sorted, { width: 80, color: false })).toMatchInlineSnapshot(`
      "benchmark     suite     cases  what it measures, and its axes
      memory
      copy                           Memory bandwidth of y[i] = x[i]
                    quick         2  n=16Mi SIZE=128,256
                    standard      4  n=1Mi,16Mi SIZE=128,256
      triad                          Memory bandwidth of y[i] = x[i]
                    none          2  n=16Mi SIZE=128,256

      host
      empty-submit                   Round trip of an empty submission
                    quick         1  no axes

      other
      odd                            Runs only when it is named
                    none          1  n=1000
      "
    `);
  });

  it('counts the cases that a run of the suite plans', () => {
    const counted = (suite: 'quick' | 'standard'): number =>
      planCases(BENCHMARKS, { suite, selectors: [], axes: {} }).length;
    expect([counted('quick'), counted('standard')]).toEqual([2 + 1, 4]);
  });

  it.each([80, 120])('fits %i columns', (width) => {
    for (const line of benchmarksTable(DESCRIBED, { width, color: false }).split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('says that there is none', () => {
    expect(benchmarksTable([], { width: 80, color: false })).toBe('There is no benchmark.\n');
  });
});
