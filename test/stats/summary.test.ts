// Reference values: Python's statistics module, quantiles with method="inclusive".
import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/stats/summary.ts';

describe('summarize()', () => {
  it('describes samples and keeps the one that went astray', () => {
    const summary = summarize([12.1, 9.7, 15.3, 11.0, 10.2, 48.0, 10.9, 11.4, 9.9, 12.8, 10.5]);
    expect(summary).toMatchObject({
      count: 11,
      min: 9.7,
      median: 11,
      max: 48,
      outliers: { mild: 0, severe: 1 },
    });
    expect(summary?.q1).toBeCloseTo(10.35, 12);
    expect(summary?.q3).toBeCloseTo(12.45, 12);
    expect(summary?.p99).toBeCloseTo(44.73, 12);
    expect(summary?.mean).toBeCloseTo(14.70909090909091, 12);
    expect(summary?.medianAbsoluteDeviation).toBeCloseTo(1.1, 12);
  });

  it('is null where there is nothing to describe', () => {
    expect(summarize([])).toBeNull();
  });
});
