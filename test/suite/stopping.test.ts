import { describe, expect, it } from 'vitest';
import { type StoppingRule, stopReason } from '../../src/suite/stopping.ts';

const RULE: StoppingRule = {
  minTimeNs: 100,
  maxTimeNs: 1000,
  minSamples: 10,
  maxSamples: 50,
  targetRelativeHalfWidth: 0.01,
};
const equal = (count: number): Float64Array => new Float64Array(count).fill(7);
const noisy = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => 1 + (i % 5));

describe('stopReason()', () => {
  it('goes on until there are samples enough', () => {
    expect(stopReason(RULE, equal(9), 500)).toBe(null);
  });

  it('goes on until the minimum time has passed', () => {
    expect(stopReason(RULE, equal(20), 99)).toBe(null);
  });

  it('stops once the median is known well', () => {
    expect(stopReason(RULE, equal(10), 100)).toBe('converged');
  });

  it('goes on while it is not', () => {
    expect(stopReason(RULE, noisy(20), 500)).toBe(null);
  });

  it('stops when the time is up, with at least one sample', () => {
    expect(stopReason(RULE, noisy(1), 1000)).toBe('max-time');
    expect(stopReason(RULE, noisy(0), 1000)).toBe(null);
  });

  it('has lasted when the time is up, where that alone decides', () => {
    const lasting = { ...RULE, minTimeNs: 1000, targetRelativeHalfWidth: null };
    expect(stopReason(lasting, equal(20), 999)).toBe(null);
    expect(stopReason(lasting, equal(20), 1000)).toBe('lasted');
    expect(stopReason(lasting, equal(50), 10)).toBe('max-samples');
  });

  it('stops when there is no more room', () => {
    expect(stopReason(RULE, noisy(50), 10)).toBe('max-samples');
  });

  it('never calls samples of zero precise', () => {
    expect(stopReason(RULE, new Float64Array(20), 500)).toBe(null);
  });
});
