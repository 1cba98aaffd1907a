import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseDiscoveryAdjusted } from '../../src/stats/false-discovery.ts';

const plain = (ps: readonly number[]) => ps.map((p) => ({ p, weight: 1 }));

describe('falseDiscoveryAdjusted()', () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH")
  it('gives the values of R', () => {
    const adjusted = falseDiscoveryAdjusted(plain([0.01, 0.04, 0.03, 0.005]), 4);
    [0.02, 0.04, 0.04, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });

  it('gives the same where tests with p = 1 are counted and not named', () => {
    const all = falseDiscoveryAdjusted(plain([0.001, 0.3, 1, 1, 1]), 5);
    const told = falseDiscoveryAdjusted(plain([0.001, 0.3]), 5);
    expect(told).toEqual(all.slice(0, 2));
  });

  it('spends more on a test with more weight', () => {
    const tests = [
      { p: 0.01, weight: 1.5 },
      { p: 0.01, weight: 0.5 },
    ];
    // 0.01 / 1.5 · 2 / 1, and 0.01 / 0.5 · 2 / 2, which is the larger rank.
    const [more, less] = falseDiscoveryAdjusted(tests, 2) as [number, number];
    expect(more).toBeCloseTo(0.0133333, 6);
    expect(less).toBeCloseTo(0.02, 12);
  });

  it('never goes below the raw ones of plain tests nor above 1, and keeps their order', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { maxLength: 40 }), (ps) => {
        const adjusted = falseDiscoveryAdjusted(plain(ps), ps.length);
        ps.forEach((raw, i) => {
          // Of n equal ones, p · n / n may be a rounding less.
          expect(adjusted[i]).toBeGreaterThanOrEqual(raw * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          ps.forEach((other, j) => {
            if (raw < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          });
        });
      }),
    );
  });
});
