import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalibrationPoint,
  fitGpuTimeline,
  type GpuTimeline,
  ticksToNs,
} from '../../src/timing/gpu-timeline.ts';

const point = (deviceTicks: bigint, cpuNs: number, maxDeviationNs = 0): CalibrationPoint => ({
  deviceTicks,
  cpuNs,
  maxDeviationNs,
});

function timelineOf(...args: Parameters<typeof fitGpuTimeline>): GpuTimeline {
  const timeline = fitGpuTimeline(...args);
  if (!timeline.available) throw new Error(timeline.reason);
  return timeline.value;
}

describe('ticksToNs()', () => {
  test('multiplies by the period as a float', () => {
    expect(ticksToNs(100n, 112n, { validBits: 64, periodNs: 52.083 })).toBeCloseTo(624.996, 9);
  });

  test('is right across a wrap of 36 and of 64 bits', () => {
    expect(ticksToNs(2n ** 36n - 5n, 7n, { validBits: 36, periodNs: 1 })).toBe(12);
    expect(ticksToNs(2n ** 64n - 5n, 7n, { validBits: 64, periodNs: 1 })).toBe(12);
  });

  test('ignores bits that are not valid', () => {
    expect(ticksToNs((0xabn << 36n) | 5n, (0x12n << 36n) | 9n, { validBits: 36, periodNs: 2 })).toBe(8);
  });

  test('refuses a queue family without timestamps', () => {
    expect(() => ticksToNs(0n, 1n, { validBits: 0, periodNs: 1 })).toThrow('0 valid bits');
  });
});

describe('fitGpuTimeline()', () => {
  const counter = { validBits: 64, periodNs: 1 };

  test('interpolates with the measured rate', () => {
    const timeline = timelineOf(point(1000n, 0), point(1001000n, 1000100), counter);
    expect(timeline.driftPpm).toBeCloseTo(100, 6);
    expect(timeline.place(501000n, 500000).cpuNs).toBeCloseTo(500050, 6);
  });

  test('weights the deviations by distance, adds a tick, and grows outside', () => {
    const timeline = timelineOf(point(0n, 0, 100), point(1000000n, 1000000, 300), counter);
    expect(timeline.place(0n, 0).uncertaintyNs).toBeCloseTo(101);
    expect(timeline.place(500000n, 500000).uncertaintyNs).toBeCloseTo(201);
    expect(timeline.place(1000000n, 1000000).uncertaintyNs).toBeCloseTo(301);
    expect(timeline.place(2000000n, 2000000).uncertaintyNs).toBeCloseTo(701);
  });

  test('places instants before the first point', () => {
    const timeline = timelineOf(point(10n, 0), point(1000010n, 1000000), counter);
    expect(timeline.place(2n ** 64n - 90n, -100).cpuNs).toBeCloseTo(-100, 6);
  });

  test('counts several wraps of a 36-bit counter between the points', () => {
    const narrow = { validBits: 36, periodNs: 1 };
    const wrap = 2 ** 36;
    const timeline = timelineOf(point(5n, 0), point(8n, 3 * wrap + 3), narrow);
    expect(timeline.driftPpm).toBeCloseTo(0, 6);
    expect(timeline.place(6n, 1.9 * wrap).cpuNs).toBeCloseTo(2 * wrap + 1, 3);
  });

  test('refuses points out of order and a counter that does not run at its period', () => {
    expect(fitGpuTimeline(point(0n, 10), point(5n, 10), counter)).toEqual({
      available: false,
      reason: 'the calibration points are not in order',
    });
    expect(fitGpuTimeline(point(0n, 0), point(900_000n, 1e6), counter)).toMatchObject({
      available: false,
      reason: expect.stringContaining('ppm off its stated period'),
    });
    expect(fitGpuTimeline(point(7n, 0), point(7n, 1e6), counter).available).toBe(false);
  });

  test('places any instant within its uncertainty, whatever the counter, its start and its drift', () => {
    const anything = fc.record({
      validBits: fc.integer({ min: 36, max: 64 }),
      periodNs: fc.double({ min: 0.5, max: 100, noNaN: true }),
      start: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      driftPpm: fc.double({ min: -500, max: 500, noNaN: true }),
      spanNs: fc.integer({ min: 1e6, max: 1e12 }),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
      errorNs: fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })),
    });
    fc.assert(
      fc.property(anything, ({ validBits, periodNs, start, driftPpm, spanNs, fraction, errorNs }) => {
        const ticksAt = (cpuNs: number): bigint =>
          BigInt.asUintN(validBits, start + BigInt(Math.round(cpuNs / (periodNs * (1 + driftPpm / 1e6)))));
        const timeline = timelineOf(
          point(ticksAt(0), errorNs[0], 1000),
          point(ticksAt(spanNs), spanNs + errorNs[1], 1000),
          { validBits, periodNs },
        );
        const atNs = fraction * spanNs;
        const placed = timeline.place(ticksAt(atNs), atNs + 1000);
        expect(Math.abs(placed.cpuNs - atNs)).toBeLessThanOrEqual(placed.uncertaintyNs + 1e-3);
      }),
    );
  });
});
