import { expect, it } from 'vitest';
import { deviceClockOf } from '../../src/suite/device-clock.ts';

const COUNTER = { validBits: 64, periodNs: 1 };

/** Samples between points 1 ms apart, of a device that counts `ticks` in that time. */
function samples(count: number, ticks: number) {
  const points = Array.from({ length: count + 1 }, (_, i) => ({
    deviceTicks: BigInt(i * ticks),
    cpuNs: i * 1e6,
    maxDeviationNs: 99,
  }));
  return points.slice(1).map((after, i) => ({ before: points[i] ?? null, after }));
}

it('deviceClockOf() takes the drift over all samples, and looks at no more than 100 points', () => {
  const drift = deviceClockOf(samples(1000, 1_000_100), COUNTER);
  expect(drift).toMatchObject({ value: { points: 100, spanNs: 1e9, constant: true } });
  if (drift.available) expect(drift.value.driftPpm.value).toBeCloseTo(100);
  expect(deviceClockOf(samples(3, 1e6), COUNTER)).toMatchObject({ value: { points: 4, spanNs: 3e6 } });
});

it('deviceClockOf() says why there is none', () => {
  expect(deviceClockOf([{ before: null, after: null }], COUNTER)).toEqual({
    available: false,
    reason: 'the device clock was not read beside the clock of the stamps',
  });
});
