import { expect, test } from 'vitest';
import { tscFigures } from '../../../bench/parts/tsc-drift.ts';

const COUNTER = { validBits: 64, periodNs: 1 };
const HZ = 2.5e9;

/** Readings of a device that counts 30 ppm too much, and `laterPpm` in the second half of ten seconds. */
function readings(perSecond: number, half: number, laterPpm: number) {
  return Array.from({ length: 41 }, (_, index) => {
    const seconds = index / 4;
    const gained = (Math.min(seconds, 5) * 30 + Math.max(0, seconds - 5) * laterPpm) * 1e3;
    return {
      deviceTicks: BigInt(Math.round(seconds * 1e9 + gained)),
      cpuNs: 77 + seconds * perSecond,
      maxDeviationNs: half,
    };
  });
}

function figuresOf(statedHz: number | null, laterPpm: number) {
  const stated =
    statedHz === null
      ? ({ available: false, reason: 'nobody states it' } as const)
      : ({ available: true, value: statedHz } as const);
  const tsc = { available: true, value: { read: () => 0, statedHz: stated } } as const;
  const beside = { raw: readings(1e9, 500, laterPpm), tsc: readings(HZ, 1250, laterPpm) };
  return Object.fromEntries(tscFigures(tsc, COUNTER, beside).map(({ id, estimate }) => [id, estimate]));
}

test('tscFigures() contain the drift and the frequency, by a frequency that is stated', () => {
  const { driftTsc, tscFrequency, driftTscChange } = figuresOf(HZ, 30);
  for (const [estimate, truth, error] of [
    [driftTsc, 30, 0.3],
    [driftTscChange, 0, 0.6],
    [tscFrequency, HZ, HZ * 3e-7],
  ] as const) {
    if (!estimate?.available) throw new Error(estimate?.reason);
    const { low, value, high } = estimate.value;
    expect(low <= truth && truth <= high && low <= value && value <= high).toBe(true);
    expect(high - low).toBeLessThan(2 * error);
  }
});

test('tscFigures() tell a change of the rate also where nobody states the frequency', () => {
  const { driftTsc, driftTscChange } = figuresOf(null, 50);
  expect(driftTsc).toEqual({
    available: false,
    reason: 'only a change of the rate can be told: nobody states it',
  });
  if (!driftTscChange?.available) throw new Error(driftTscChange?.reason);
  expect(driftTscChange.value.low).toBeGreaterThan(19);
  expect(driftTscChange.value.high).toBeLessThan(21);
});
