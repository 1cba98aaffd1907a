import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JudgedRatio, judgeRatio } from '../../src/compare/judge.ts';

function judged(low: number, value: number, high: number, over: Partial<JudgedRatio> = {}): JudgedRatio {
  return {
    ratio: { low, value, high },
    better: 'lower',
    runs: { baseline: 10, contender: 10 },
    holmP: 0.002,
    noiseFloor: 0.01,
    alpha: 0.05,
    ...over,
  };
}

describe('judgeRatio()', () => {
  it('says slower where the interval lies above the noise floor and p is small', () => {
    expect(judgeRatio(judged(1.012, 1.03, 1.049))).toEqual({
      verdict: 'slower',
      reason: "interval 1.012–1.049 lies above 1 ± 1 %; p 0.0020 after Holm's correction over the cases",
    });
  });

  it('says faster where it lies below', () => {
    const { verdict, reason } = judgeRatio(judged(0.95, 0.97, 0.98, { holmP: 1e-9 }));
    expect(verdict).toBe('faster');
    expect(reason).toContain('0.950–0.980 lies below 1 ± 1 %; p < 0.0001');
  });

  it('turns both around for rates, of which more is better', () => {
    expect(judgeRatio(judged(0.95, 0.97, 0.98, { better: 'higher' })).verdict).toBe('slower');
    expect(judgeRatio(judged(1.02, 1.03, 1.04, { better: 'higher' })).verdict).toBe('faster');
  });

  it('is unclear where the interval is beyond the floor and Holm is not convinced', () => {
    const { verdict, reason } = judgeRatio(judged(1.012, 1.03, 1.049, { holmP: 0.12 }));
    expect(verdict).toBe('unclear');
    expect(reason).toContain(
      "p 0.12 after Holm's correction over the cases is more than 0.05: too likely by chance among all",
    );
  });

  it('says same where the interval lies within the floor, whatever Holm says', () => {
    for (const holmP of [1, 0.001, Number.NaN])
      expect(judgeRatio(judged(0.994, 1.001, 1.008, { holmP }))).toEqual({
        verdict: 'same',
        reason: 'interval 0.994–1.008 lies within 1 ± 1 %',
      });
  });

  it('is unclear where the interval reaches over an end of the floor, and says how many runs would tell', () => {
    expect(judgeRatio(judged(0.995, 1.0, 1.024))).toEqual({
      verdict: 'unclear',
      reason:
        'interval 0.995–1.024 reaches from 1 ± 1 % to above it; about 200 runs a side would tell, if the ratio stays there',
    });
    expect(judgeRatio(judged(0.97, 0.98, 0.992)).reason).toContain('reaches from 1 ± 1 % to below it');
    expect(judgeRatio(judged(0.97, 1.001, 1.03)).reason).toContain('reaches beyond both ends of 1 ± 1 %');
  });

  it('asks 10 equal runs a side that are known to 1.05 % for the 40 that make 92 in 100 such the same', () => {
    const { reason } = judgeRatio(judged(0.9895, 1, 1.0105));
    expect(reason).toContain('about 40 runs a side would tell');
  });

  it('does not ask for thousands of runs where the ratio is about the end of the floor', () => {
    expect(judgeRatio(judged(1.0, 1.0101, 1.02)).reason).toContain('another --noise-floor would');
  });

  it('does not call a ratio that is hardly known near to the end of the floor', () => {
    const { reason } = judgeRatio(judged(0.5, 1, 1.6));
    expect(reason).toContain('with runs that differ so much more than 200 a side would be needed');
    expect(reason).not.toContain('--noise-floor');
  });

  it('promises nothing of more runs where the clocks leave both sides of the floor open', () => {
    const { reason } = judgeRatio(judged(0.88, 1, 1.14, { open: { low: 0.9, high: 1.12 } }));
    expect(reason).toContain(
      'of it the clocks leave 0.900–1.120 open, which no number of runs narrows; less',
    );
    expect(reason).not.toContain('runs a side');
  });

  it('counts runs for what they narrow alone', () => {
    const { reason } = judgeRatio(judged(1.005, 1.06, 1.115, { open: { low: 1.02, high: 1.1 } }));
    expect(reason).toContain('about 80 runs a side would tell');
  });

  it('gives the reason why there is no p-value', () => {
    const whyNoP = 'a run has fewer than 100 samples';
    expect(judgeRatio(judged(2, 3, 4, { holmP: Number.NaN, whyNoP })).reason).toMatch(
      /but no p-value can be had: a run has fewer than 100 samples$/,
    );
  });

  it('says whose fault it is that a ratio has no end', () => {
    const open = { low: 0.01, high: Number.POSITIVE_INFINITY };
    expect(judgeRatio(judged(0.01, 1, Number.POSITIVE_INFINITY, { open })).reason).toContain(
      'the clocks leave open that next to nothing of a side is left',
    );
    expect(judgeRatio(judged(0.01, 1, 1e14, { open: { low: 0.01, high: 1e14 } })).verdict).toBe('unclear');
    expect(judgeRatio(judged(0.01, 1, 1e14)).reason).toContain('the baseline is about 0');
  });

  it('has nothing to call the same without a noise floor', () => {
    const { verdict, reason } = judgeRatio(judged(0.9999, 1, 1.0001, { noiseFloor: 0 }));
    expect(verdict).toBe('unclear');
    expect(reason).toContain('interval 0.9999–1.0001 holds 1, and without a noise floor nothing is the same');
    expect(judgeRatio(judged(1, 1, 1, { noiseFloor: 0 })).verdict).toBe('same');
  });

  it.each([
    [
      3,
      10,
      '3 runs of the baseline: at least 5 a side are needed, 10 recommended; more of them with --runs 10',
    ],
    [10, 1, '1 run of the contender: at least'],
    [0, 4, '0 runs of the baseline and 4 runs of the contender: at least'],
  ])('says nothing of %i against %i runs', (baseline, contender, words) => {
    const { verdict, reason } = judgeRatio(judged(2, 3, 4, { runs: { baseline, contender } }));
    expect(verdict).toBe('unclear');
    expect(reason).toContain(words);
  });

  it('says nothing of a ratio that is none, and nothing more than unclear without p', () => {
    expect(judgeRatio(judged(0, 1, Number.POSITIVE_INFINITY)).verdict).toBe('unclear');
    expect(judgeRatio(judged(Number.NaN, Number.NaN, Number.NaN)).reason).toContain('there is no ratio');
    expect(judgeRatio(judged(2, 3, 4, { holmP: Number.NaN })).reason).toContain('no p-value can be had');
  });

  it('never says more than interval and p allow, and says the mirror image of the mirrored ratio', () => {
    const number = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(number, number, number, fc.double({ min: 0, max: 1, noNaN: true }), (x, y, z, holmP) => {
        const [low, value, high] = [x, y, z].sort((a, b) => a - b) as [number, number, number];
        const { verdict, reason } = judgeRatio(judged(low, value, high, { holmP }));
        expect(verdict === 'slower').toBe(low > 1.01 && holmP <= 0.05);
        expect(verdict === 'faster').toBe(high < 0.99 && holmP <= 0.05);
        expect(verdict === 'same').toBe(low >= 0.99 && high <= 1.01);
        expect(reason).not.toContain('NaN');
      }),
      { seed: 4 },
    );
  });
});
