import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { judgeColumns } from '../../src/merge/judge-columns.ts';
import { knownValues } from '../../src/merge/node-columns.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

const RULES = { leastSpread: 1e-3, floor: { below: 0.01, above: 0.01 } };

function column(values: readonly number[]) {
  return knownValues(Float64Array.from(values), values.keys());
}

describe('judgeColumns()', () => {
  const random = seededRandom(5);
  const columns = Array.from({ length: 10 }, () =>
    column(Array.from({ length: 2000 }, () => 0.02 * randomNormal(random))),
  );

  it('gives values of a normal distribution p-values that are as frequent as they are large', () => {
    const { columns: judged, tails } = judgeColumns(columns, RULES);
    const ps = judged.flatMap((one) => [...one.ps]);
    const shareOf = (level: number): number => ps.filter((p) => p < level).length / ps.length / level;
    for (const level of [0.05, 0.01]) {
      expect(shareOf(level)).toBeGreaterThan(0.6);
      expect(shareOf(level)).toBeLessThan(1.2);
    }
    expect(shareOf(0.001)).toBeLessThan(2);
    // Of a normal distribution: 1.96 / 0.6745 and 1.2816 / 0.6745.
    expect(tails.fast).toBeCloseTo(2.906, 0);
    expect(tails.slow).toBeCloseTo(1.9, 1);
  });

  it('gives what is too near a p-value of 1', () => {
    const { columns: judged } = judgeColumns(columns, RULES);
    columns.forEach(({ values }, place) => {
      values.forEach((value, i) => {
        const { center, ps } = judged[place] as (typeof judged)[number];
        if (Math.abs(value - center) <= 0.01) expect(ps[i]).toBe(1);
      });
    });
  });

  it('judges no column by none', () => {
    expect(judgeColumns([], RULES).columns).toEqual([]);
  });
});
