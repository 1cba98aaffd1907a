import { describe, expect, it } from 'vitest';
import { stabilityFigures } from '../../src/report/derive-stability.ts';
import type { Estimate } from '../../src/report/derived.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { lastingRun, noise, SAMPLES } from './sample-course.ts';
import { caseResult } from './sample-report.ts';

/** Estimate or reason by the id of the figure. */
function figures(...runs: readonly CaseRun[]): Readonly<Record<string, Estimate | string>> {
  return Object.fromEntries(
    stabilityFigures(caseResult({ id: 'stability', runs })).map(({ id, estimate }) => [
      id,
      estimate.available ? estimate.value : estimate.reason,
    ]),
  );
}

const steady = (index: number): number => 8e6 * (1 + noise(index));
const none = Array(SAMPLES).fill(null);

describe('stabilityFigures()', () => {
  it('finds no drift and no throttling where there is none', () => {
    const { driftPerMinute, throttleOnset } = figures(lastingRun(steady), lastingRun(steady));
    const { low, high } = driftPerMinute as Estimate;
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThanOrEqual(0);
    expect(high - low).toBeLessThan(0.01);
    expect(throttleOnset).toMatch(/^none in 2 runs: the device time did not rise by more than 5\.0 %/);
  });

  it('finds a drift of 3 % a minute in per cent', () => {
    const { driftPerMinute } = figures(lastingRun((i) => steady(i) * (1 + (0.03 * i) / SAMPLES)));
    const { value, low, high } = driftPerMinute as Estimate;
    expect(value).toBeCloseTo(0.03, 2);
    expect(low <= value && value <= high).toBe(true);
    expect(low).toBeGreaterThan(0.02);
  });

  it('finds the time from which on a device stays slow, to a span, and takes the earliest run', () => {
    const from = (seconds: number) => lastingRun((i) => steady(i) * (i < 10 * seconds ? 1 : 1.2));
    const { throttleOnset } = figures(lastingRun(steady), from(40), from(25));
    const { value, low, high } = throttleOnset as Estimate;
    expect(low).toBeLessThan(25e9);
    expect(high).toBeGreaterThan(25e9);
    expect(Math.abs(value - 25e9)).toBeLessThan(1.1e9);
  });

  it('does not call a while of slowness throttling, nor a last slow span', () => {
    const passing = lastingRun((i) => steady(i) * (i > 200 && i < 400 ? 1.5 : 1));
    const last = lastingRun((i) => steady(i) * (i >= 590 ? 1.5 : 1));
    expect(figures(passing, last).throttleOnset).toMatch(/^none in 2 runs/);
  });

  it('correlates what a submission takes beyond the device with its steal', () => {
    const stealNs = Array.from({ length: SAMPLES }, (_, i) => (i % 7 === 0 ? 1e6 * (1 + (i % 5)) : 0));
    const robbed = (together: boolean): CaseRun =>
      lastingRun(steady, {
        stealLowNs: stealNs,
        wallNs: stealNs.map((ns, i) => steady(i) + 20_000 * (1 + noise(3 * i)) + (together ? ns : 0)),
      });
    const with_ = figures(robbed(true)).stealCorrelation as Estimate;
    expect(with_.value).toBeGreaterThan(0.5);
    expect(with_.low).toBeGreaterThan(0.4);
    const without = figures(robbed(false)).stealCorrelation as Estimate;
    expect(without.low).toBeLessThan(0.1);
    expect(without.high).toBeGreaterThan(-0.1);
  });

  it('says why there is no correlation', () => {
    expect(figures(lastingRun(steady)).stealCorrelation).toContain('the steal of all samples is the same');
    expect(figures(lastingRun(steady, { stealLowNs: none })).stealCorrelation).toContain('is not known');
  });

  it('says so where samples are too few for a course', () => {
    const few = lastingRun(steady);
    const samples =
      few.samples === null
        ? null
        : Object.fromEntries(
            Object.entries(few.samples).map(([name, values]) => [name, values.slice(0, 20)]),
          );
    const short = { ...few, samples } as unknown as CaseRun;
    expect(figures(short)).toMatchObject({
      driftPerMinute: 'too few samples to show a course',
      throttleOnset: 'too few samples to show a course',
    });
  });

  it('is nothing for a case that was sampled until its median was known', () => {
    expect(stabilityFigures(caseResult())).toEqual([]);
  });
});
