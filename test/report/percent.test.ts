import { describe, expect, it } from 'vitest';
import { formatPercent, formatPercentRange, formatPlusMinus } from '../../src/report/percent.ts';

describe('formatPercent()', () => {
  it.each([
    [0, '0 %'],
    [0.00001, '<0.01 %'],
    [0.0004, '0.04 %'],
    [0.0123, '1.2 %'],
    [0.0996, '10 %'],
    [0.5, '50 %'],
    [1, '100 %'],
    [-0.02, '-2.0 %'],
    [-0.000001, '>-0.01 %'],
  ])('writes %f as "%s"', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });
});

describe('formatPercentRange()', () => {
  it('writes both ends, and one figure where they read the same', () => {
    expect(formatPercentRange(0, 0.012)).toBe('0–1.2%');
    expect(formatPercentRange(0.2, 0.2)).toBe('20%');
  });

  it('never writes a small share as 0', () => {
    expect(formatPercentRange(0, 1e-7)).toBe('0–<0.01%');
  });
});

describe('formatPlusMinus()', () => {
  it('writes a relative half-width', () => {
    expect(formatPlusMinus(0.004)).toBe('±0.4%');
  });
});
