import { describe, expect, it } from 'vitest';
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

  it('takes axes with names that every object inherits', () => {
    const odd = benchmark({ name: 'odd', axes: { constructor: [1, 2] }, suites: { quick: {} } });
    const ids = planCases([odd], { suite: 'quick', selectors: [], axes: {} }).map(({ id }) => id);
    expect(ids).toEqual(['odd[constructor=1]', 'odd[constructor=2]']);
    expect(() => plan({ selectors: ['copy[toString=1]'] })).toThrow(
      'no benchmark of that name has such an axis',
    );
  });

  it('refuses axes that multiply to more cases than anybody waits for, at once', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    const many = benchmark({
      name: 'many',
      axes: { a: values, b: values, c: values },
      suites: { quick: {} },
    });
    expect(() => planCases([many], { suite: 'quick', selectors: [], axes: {} })).toThrow(
      'Cannot plan many: its axes have 1000000000 points, more than 50000',
    );
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

  it('names those that are near, where there are too many to list', () => {
    const many = Array.from({ length: 20 }, (_, index) => benchmark({ name: `sum-${index}` }));
    const hintFor = (selector: string): unknown => {
      try {
        planCases(many, { suite: 'quick', selectors: [selector], axes: {} });
      } catch (error) {
        return (error as { hint: unknown }).hint;
      }
      return 'nothing is wrong';
    };
    expect(hintFor('sum-1x[n=4]')).toBe(
      "near it: sum-1, sum-10, sum-11, sum-12, sum-13, sum-14, sum-15, sum-16; `guestmark list '*'` shows all 20",
    );
    expect(hintFor('fft*')).toBe("`guestmark list '*'` shows all 20");
  });

  it('refuses a point that a benchmark does not take, before anything runs', () => {
    const even = benchmark({ requires: ({ n }) => ((n as number) % 2 === 0 ? null : 'n is not even') });
    const request = { suite: 'quick', selectors: ['count[n=2]', 'count[n=5]'], axes: {} } as const;
    expect(() => planCases([even], request)).toThrow(
      expect.objectContaining({ code: 'usage', message: 'Cannot run count[n=5]: n is not even' }),
    );
  });

  it('refuses an axis that nothing has', () => {
    expect(() => plan({ axes: { depth: [3] } })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'axes: n, size' }),
    );
  });
});
