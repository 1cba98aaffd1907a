import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastMedianNs, loweredSamplesNs } from '../../src/timing/steal-budget.ts';

/** The lower one of two middle values. */
function lowerMedian(values: ArrayLike<number>): number {
  return Float64Array.from(values).sort()[Math.floor((values.length - 1) / 2)] as number;
}

const free = (values: readonly number[]): number[] => values.map(() => 0);

describe('leastMedianNs()', () => {
  it('spreads the budget over the half that is lowest', () => {
    const valuesNs = [10, 10, 10, 10, 10];
    expect(leastMedianNs({ valuesNs, floorsNs: free(valuesNs), budgetNs: 6 })).toBeCloseTo(8, 9);
  });

  it('spends nothing on samples that are lower already', () => {
    const valuesNs = [1, 1, 10, 10, 10];
    expect(leastMedianNs({ valuesNs, floorsNs: free(valuesNs), budgetNs: 6 })).toBeCloseTo(4, 9);
  });

  it('goes no lower than the floors let the middle go', () => {
    const floorsNs = [9, 9, 9, 0, 0];
    expect(leastMedianNs({ valuesNs: [10, 10, 10, 10, 10], floorsNs, budgetNs: 1e9 })).toBeCloseTo(9, 9);
  });

  it('is the median where there is no budget, and NaN where there are no samples', () => {
    expect(leastMedianNs({ valuesNs: [3, 1, 2], floorsNs: [0, 0, 0], budgetNs: 0 })).toBeCloseTo(2, 9);
    expect(leastMedianNs({ valuesNs: [], floorsNs: [], budgetNs: 0 })).toBeNaN();
  });

  it('is never above the median without steal, however the steal was spread', () => {
    const sample = fc.record({
      trueNs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      stolenNs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      floorShare: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 40 }), (samples) => {
        const least = leastMedianNs({
          valuesNs: samples.map(({ trueNs, stolenNs }) => trueNs + stolenNs),
          floorsNs: samples.map(({ trueNs, floorShare }) => trueNs * floorShare),
          budgetNs: samples.reduce((sum, { stolenNs }) => sum + stolenNs, 0),
        });
        expect(least).toBeLessThanOrEqual(lowerMedian(samples.map(({ trueNs }) => trueNs)) + 1e-3);
      }),
    );
  });
});

describe('loweredSamplesNs()', () => {
  it('has the least median, and leaves alone what need not change', () => {
    const samples = { valuesNs: [10, 12, 10, 3, 11], floorsNs: [0, 0, 0, 0, 11], budgetNs: 4 };
    const lowered = loweredSamplesNs(samples);
    expect(lowerMedian(lowered)).toBeCloseTo(leastMedianNs(samples), 9);
    expect(lowered[3]).toBe(3);
    expect(lowered[4]).toBe(11);
  });

  it('changes nothing without a budget', () => {
    const valuesNs = [5, 1, 9, 7];
    expect([...loweredSamplesNs({ valuesNs, floorsNs: free(valuesNs), budgetNs: 0 })]).toEqual(valuesNs);
  });
});
