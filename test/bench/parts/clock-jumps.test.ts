import { expect, test } from 'vitest';
import { clockJumps } from '../../../bench/parts/clock-jumps.ts';
import { narrowestOf } from '../../../bench/parts/clock-observations.ts';
import { nearestStep } from '../../../bench/parts/device-clock.ts';

const COUNTER = { validBits: 36, periodNs: 1 };

/** A device that counts 20 ppm too much, and `jumpNs` more from the tenth point on; its counter wraps on the way. */
const points = (jumpNs: number, maxDeviationNs = 100) =>
  Array.from({ length: 20 }, (_, index) => {
    const cpuNs = index * 1e9;
    const deviceNs = Math.round(cpuNs * (1 + 20e-6)) + (index >= 10 ? jumpNs : 0);
    return { deviceTicks: BigInt.asUintN(36, 2n ** 35n + BigInt(deviceNs)), cpuNs, maxDeviationNs };
  });

test('clockJumps() finds no jump in a constant rate, whatever it is', () => {
  const jumps = clockJumps(points(0), COUNTER, 1000);
  expect(jumps?.count).toBe(0);
  expect(jumps?.largest.low).toBe(0);
});

test('clockJumps() finds the one jump, either way, to the error of the readings', () => {
  for (const jumpNs of [50_000, -50_000]) {
    const jumps = clockJumps(points(jumpNs), COUNTER, 1000);
    expect(jumps?.count).toBe(1);
    expect(jumps?.largest.value).toBeCloseTo(50_000, -1);
    expect(jumps?.largest.low).toBeGreaterThan(49_000);
    expect(jumps?.largest.high).toBeLessThan(51_000);
  }
});

test('clockJumps() is not certain of a jump within the error, and knows nothing of a single point', () => {
  expect(clockJumps(points(50_000, 30_000), COUNTER, 1000)?.count).toBe(0);
  expect(clockJumps(points(0).slice(0, 1), COUNTER, 1000)).toBeNull();
});

test('nearestStep() takes a wrap for what it is and a step backwards for what it is', () => {
  expect(nearestStep(5 - 2 ** 36, 36)).toBe(5);
  expect(nearestStep(-5, 36)).toBe(-5);
  expect(nearestStep(2 ** 36 - 5, 36)).toBe(-5);
  expect(nearestStep(7, 64)).toBe(7);
});

test('narrowestOf() keeps the best point of every part of the span, in order', () => {
  const many = points(0).map((point, index) => ({ ...point, maxDeviationNs: index % 5 === 2 ? 1 : 50 }));
  const narrow = narrowestOf(many, 4);
  expect(narrow.map(({ cpuNs }) => cpuNs / 1e9)).toEqual([2, 7, 12, 17]);
  expect(narrowestOf(many.slice(0, 3), 4)).toHaveLength(3);
});
