import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockJudgement, compareElapsed, judgeClock } from '../../src/external/drift.ts';
import type { ClockPoint } from '../../src/external/exchange.ts';

/** Points a second of external time apart, at which the guest's clock shows `guestNs`; each is good to 50 µs. */
function points(...guestNs: readonly number[]): readonly ClockPoint[] {
  return guestNs.map((ns, second) => ({
    guestNs: ns,
    externalNs: second * 1e9,
    boundNs: 50e3,
    roundTripNs: 100e3,
  }));
}

function judged(...guestNs: readonly number[]): ClockJudgement {
  const judgement = judgeClock(points(...guestNs));
  if (!judgement.available) throw new Error(judgement.reason);
  return judgement.value;
}

describe('compareElapsed()', () => {
  it('has the sum of both bounds over the span as the bound of the drift', () => {
    const [from, to] = points(0, 1e9 - 400e3) as [ClockPoint, ClockPoint];
    const compared = compareElapsed(from, to);
    if (!compared.available) throw new Error(compared.reason);
    const { guestNs, externalNs, lostNs, driftPpm } = compared.value;
    expect({ guestNs, externalNs }).toEqual({ guestNs: 1e9 - 400e3, externalNs: 1e9 });
    expect(lostNs.value).toBe(400e3);
    expect(driftPpm.value).toBeCloseTo(-400);
    // 40 ns more: the clocks went apart by 400 ppm during the two round trips.
    expect(lostNs.high - lostNs.value).toBeCloseTo(100e3 + 40);
    expect(driftPpm.high - driftPpm.low).toBeCloseTo(200.08);
  });

  it('says so when the external clock stood still', () => {
    const [point] = points(0) as [ClockPoint];
    expect(compareElapsed(point, point)).toEqual({
      available: false,
      reason: 'the external clock did not advance between the exchanges',
    });
  });
});

describe('judgeClock()', () => {
  it('lets two oscillators be', () => {
    expect(judged(0, 1e9 + 150e3)).toMatchObject({ verdict: 'agrees' });
    expect(judged(0, 1e9, 2e9, 3e9)).toMatchObject({ verdict: 'agrees', constantDriftPpm: { value: 0 } });
  });

  it('does not accuse a clock that its bounds may acquit', () => {
    expect(judged(0, 1e9 - 299e3)).toMatchObject({ verdict: 'agrees' });
    expect(judged(0, 1e9 - 301e3)).toMatchObject({ verdict: 'slow' });
    expect(judged(0, 1e9 + 301e3)).toMatchObject({ verdict: 'fast' });
  });

  it('narrows the drift by every point', () => {
    const two = judged(0, 1.01e9).driftPpm;
    const { verdict, constantDriftPpm } = judged(0, 1.01e9, 2.02e9, 3.03e9);
    expect(verdict).toBe('fast');
    expect(constantDriftPpm?.value).toBeCloseTo(10_000);
    expect((constantDriftPpm?.high ?? 0) - (constantDriftPpm?.low ?? 0)).toBeLessThan(
      (two.high - two.low) / 2.9,
    );
  });

  it('finds a stop, and tells how much is missing', () => {
    const { verdict, missedNs, constantDriftPpm } = judged(0, 1e9, 1.95e9, 2.95e9, 3.95e9);
    expect({ verdict, constantDriftPpm }).toEqual({ verdict: 'stopped', constantDriftPpm: null });
    expect(missedNs.value).toBe(50e6);
    expect(missedNs.high - missedNs.low).toBeLessThan(250e3);
  });

  it('adds up several stops, and finds jumps', () => {
    expect(judged(0, 0.98e9, 1.98e9, 2.95e9).missedNs.value).toBeCloseTo(50e6);
    expect(judged(0, 1e9, 2.02e9, 3.02e9)).toMatchObject({ verdict: 'jumped', missedNs: { value: -20e6 } });
    expect(judged(0, 1.02e9, 2.0e9, 3e9)).toMatchObject({ verdict: 'unsteady' });
  });

  it('does not call it a stop that the rate wanders within the tolerance', () => {
    expect(judged(0, 1e9 + 190e3, 2e9 - 0, 3e9 - 190e3)).toMatchObject({ verdict: 'agrees' });
    expect(judged(0, 1e9 + 190e3, 2e9 - 0, 3e9 - 190e3).constantDriftPpm).toBeNull();
  });

  it('wants two instants', () => {
    expect(judgeClock(points(0)).available).toBe(false);
    expect(judgeClock([]).available).toBe(false);
  });

  it('contains the truth, whatever the drift, the stop and the errors within the bounds', () => {
    const anything = fc.record({
      driftPpm: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
      stopNs: fc.integer({ min: 0, max: 500e6 }),
      errors: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 10 }),
    });
    fc.assert(
      fc.property(anything, ({ driftPpm, stopNs, errors }) => {
        const guestAt = (second: number): number =>
          second * 1e9 * (1 + driftPpm / 1e6) - (second >= 2 ? stopNs : 0);
        const measured = errors.map((error, second) => ({
          guestNs: guestAt(second),
          externalNs: second * 1e9 + error * 50e3,
          boundNs: 50e3,
          roundTripNs: 100e3,
        }));
        const judgement = judgeClock(measured);
        if (!judgement.available) throw new Error(judgement.reason);
        const { lostNs, constantDriftPpm } = judgement.value;
        const last = errors.length - 1;
        const trueLostNs = last * 1e9 - guestAt(last);
        expect(lostNs.low).toBeLessThanOrEqual(trueLostNs + 1);
        expect(lostNs.high).toBeGreaterThanOrEqual(trueLostNs - 1);
        if (stopNs > 0) return;
        // The least that is off by what the scale of the external clock is off by.
        expect(constantDriftPpm?.low).toBeLessThanOrEqual(driftPpm + 0.01);
        expect(constantDriftPpm?.high).toBeGreaterThanOrEqual(driftPpm - 0.01);
      }),
    );
  });
});
