import { describe, expect, it } from 'vitest';
import { judgeLatest, type LatestStretch } from '../../src/history/judge-latest.ts';

const LIMITS = { noiseFloor: 0.01, alpha: 0.05 };
const BEFORE = [100, 100.2, 99.9, 100.1, 99.8, 100];
const stretch = (last: number, better: 'lower' | 'higher' = 'lower'): LatestStretch => ({
  values: [...BEFORE, last],
  better,
});
const verdicts = (...stretches: readonly LatestStretch[]): readonly string[] =>
  judgeLatest(stretches, LIMITS).map(({ verdict }) => verdict);

describe('judgeLatest()', () => {
  it('finds what lies beyond the reports before, in the direction of the metric', () => {
    expect(verdicts(stretch(110))).toEqual(['slower']);
    expect(verdicts(stretch(90))).toEqual(['faster']);
    expect(verdicts(stretch(110, 'higher'))).toEqual(['faster']);
    expect(verdicts(stretch(90, 'higher'))).toEqual(['slower']);
  });

  it('says the same of what lies among them', () => {
    const [judged] = judgeLatest([stretch(100.1)], LIMITS);
    expect(judged).toMatchObject({
      verdict: 'same',
      points: 6,
      ratio: { value: { value: expect.closeTo(1.001, 4) } },
      p: { value: { raw: expect.closeTo(1, 2), holm: expect.closeTo(1, 2) } },
    });
  });

  it('is unclear where the reports before differ by more than the noise floor', () => {
    const noisy = { values: [100, 104, 97, 103, 98, 101], better: 'lower' as const };
    expect(judgeLatest([noisy], LIMITS)[0]).toMatchObject({
      verdict: 'unclear',
      reason: expect.stringContaining('not within the noise floor, and not beyond it'),
    });
  });

  it('needs three reports before, and values above 0', () => {
    const few = { values: [100, 100, 150], better: 'lower' as const };
    const zero = { values: [0, 0, 0, 0], better: 'lower' as const };
    const [ofFew, ofZero] = judgeLatest([few, zero], LIMITS);
    expect(ofFew).toMatchObject({
      verdict: 'unclear',
      reason: '2 reports of this level before it: at least 3 are needed',
      ratio: { available: false },
    });
    expect(ofZero?.reason).toBe('a value is 0, so there is no ratio');
  });

  it('corrects over the series that have a p-value', () => {
    const odd = stretch(101.8);
    expect(verdicts(odd)).toEqual(['slower']);
    const others = Array.from({ length: 40 }, () => stretch(100));
    const [first] = judgeLatest([odd, ...others], LIMITS);
    expect(first).toMatchObject({ verdict: 'unclear', reason: expect.stringContaining('is more than 0.05') });
  });
});
