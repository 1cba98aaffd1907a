import { describe, expect, test } from 'vitest';
import {
  type ClockDiscipline,
  monotonicRateError,
  parseTimex,
  readClockDiscipline,
} from '../../src/timing/clock-discipline.ts';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { realTime } from './snapshot-clock.contract.ts';

/** A struct timex of 64-bit Linux. */
function timex(fields: {
  offset?: number;
  freq?: number;
  status?: number;
  constant?: number;
  tick?: number;
}) {
  const view = new DataView(new ArrayBuffer(208));
  const { offset = 0, freq = 0, status = 0, constant = 0, tick = 10_000 } = fields;
  view.setBigInt64(8, BigInt(offset), true);
  view.setBigInt64(16, BigInt(freq), true);
  view.setInt32(40, status, true);
  view.setBigInt64(48, BigInt(constant), true);
  view.setBigInt64(88, BigInt(tick), true);
  return view;
}

describe('parseTimex()', () => {
  test('reads the frequency, the tick and whether a source keeps the clock right', () => {
    expect(parseTimex(timex({ freq: -400 * 65536, tick: 10_001, status: 0x2001 }), false)).toEqual({
      frequencyPpm: -400,
      tickPpm: 100,
      slewPpm: 0,
      synchronised: true,
    });
    expect(parseTimex(timex({ status: 0x40 }), false)).toMatchObject({ synchronised: false });
  });

  test('counts a phase that is still worked off, in µs or ns', () => {
    const left = { offset: 800, constant: 1 };
    expect(parseTimex(timex({ ...left, status: 1 }), false).slewPpm).toBe(100);
    expect(parseTimex(timex({ ...left, status: 0x2001 }), false).slewPpm).toBe(0.1);
    expect(parseTimex(timex({ ...left, status: 0 }), false).slewPpm).toBe(0);
  });

  test('counts an adjtime that is under way', () => {
    expect(parseTimex(timex({}), true).slewPpm).toBe(500);
  });
});

describe('monotonicRateError()', () => {
  const calm: ClockDiscipline = { frequencyPpm: 0, tickPpm: 0, slewPpm: 0, synchronised: true };

  test('is the worst of what was read', () => {
    expect(monotonicRateError(calm)).toBeCloseTo(1e-7, 12);
    const slewed = { ...calm, frequencyPpm: 20, tickPpm: -100, slewPpm: 5 };
    expect(monotonicRateError(calm, slewed)).toBeCloseTo(85.1e-6, 12);
  });

  test('is what the kernel allows where nothing was read', () => {
    expect(monotonicRateError()).toBe(5e-4);
  });
});

test('readClockDiscipline() bounds the rate of CLOCK_MONOTONIC against the raw clock of this machine', ({
  skip,
}) => {
  const before = readClockDiscipline();
  const stamps = [
    openStampClock({ clock: 'CLOCK_MONOTONIC' }),
    openStampClock({ clock: 'CLOCK_MONOTONIC_RAW' }),
  ];
  if (!before.available) return skip(before.reason);
  const [startNs, lengthNs] = [narrowest(stamps), 3e8];
  realTime.block(lengthNs);
  const endNs = narrowest(stamps);
  const after = readClockDiscipline();
  if (!after.available) throw new Error(after.reason);
  const driftNs = endNs.differenceNs - startNs.differenceNs;
  const boundNs = lengthNs * 3 * monotonicRateError(before.value, after.value);
  expect(Math.abs(driftNs)).toBeLessThan(boundNs + startNs.widthNs + endNs.widthNs);
});

/** The first clock less the second, by the narrowest of some pairs of stamps. */
function narrowest(stamps: readonly ReturnType<typeof openStampClock>[]) {
  const [mono, raw] = stamps.map((stamp) => {
    if (!stamp.available) throw new Error(stamp.reason);
    return stamp.value.nowNs;
  }) as [() => number, () => number];
  const pairs = Array.from({ length: 200 }, () => {
    const before = mono();
    const between = raw();
    const after = mono();
    return { differenceNs: (before + after) / 2 - between, widthNs: after - before };
  });
  return pairs.sort((a, b) => a.widthNs - b.widthNs)[0] as (typeof pairs)[0];
}
