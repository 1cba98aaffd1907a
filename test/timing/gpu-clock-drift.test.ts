import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GpuClockDrift, gpuClockDrift } from '../../src/timing/gpu-clock-drift.ts';
import type { CalibrationPoint, DeviceCounter } from '../../src/timing/gpu-timeline.ts';

const COUNTER: DeviceCounter = { validBits: 64, periodNs: 1 };

function driftOf(points: readonly CalibrationPoint[], counter = COUNTER): GpuClockDrift {
  const drift = gpuClockDrift(points, counter);
  if (!drift.available) throw new Error(drift.reason);
  return drift.value;
}

const point = (deviceTicks: number, cpuNs: number, maxDeviationNs = 999): CalibrationPoint => ({
  deviceTicks: BigInt(deviceTicks),
  cpuNs,
  maxDeviationNs,
});

describe('gpuClockDrift()', () => {
  it('is bounded by both deviations, a tick each, over the span', () => {
    const { driftPpm, spanNs, constant } = driftOf([point(5, 7), point(1_000_100_005, 1e9 + 7)]);
    expect(driftPpm.value).toBeCloseTo(100);
    expect(driftPpm.high - driftPpm.low).toBeCloseTo(4);
    expect({ spanNs, constant }).toEqual({ spanNs: 1e9, constant: true });
  });

  it('sees that the clock of this machine stopped: the device counted on', () => {
    const points = [point(0, 0), point(1e9, 1e9), point(2.05e9, 2e9), point(3.05e9, 3e9)];
    const { driftPpm, constant } = driftOf(points);
    expect(constant).toBe(false);
    expect(driftPpm.low).toBeGreaterThan(16_000);
  });

  it('lies within its bounds, also where the last point is known worse than those before it', () => {
    const points = [point(0, 0, 1), point(1e9, 1e9, 1), point(2e9, 2e9, 1), point(3e9 + 1e5, 3e9, 2e5)];
    const { driftPpm } = driftOf(points);
    expect(driftPpm.high).toBeLessThan(0.01);
    expect(driftPpm.value).toBe(driftPpm.high);
  });

  it('wants two instants', () => {
    expect(gpuClockDrift([point(0, 0)], COUNTER).available).toBe(false);
    expect(gpuClockDrift([point(0, 5), point(1, 5)], COUNTER).available).toBe(false);
    expect(gpuClockDrift([], COUNTER).available).toBe(false);
  });

  it('contains the truth, whatever the counter, its start, its wraps and the errors within the deviations', () => {
    const anything = fc.record({
      validBits: fc.integer({ min: 36, max: 64 }),
      periodNs: fc.double({ min: 0.5, max: 100, noNaN: true }),
      start: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      truePpm: fc.double({ min: -500, max: 500, noNaN: true }),
      gaps: fc.array(fc.integer({ min: 1e6, max: 2e10 }), { minLength: 1, maxLength: 8 }),
      errors: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 9, maxLength: 9 }),
    });
    fc.assert(
      fc.property(anything, ({ validBits, periodNs, start, truePpm, gaps, errors }) => {
        let atNs = 0;
        const points = [0, ...gaps].map((gap, index) => {
          atNs += gap;
          const ticks = start + BigInt(Math.floor((atNs * (1 + truePpm / 1e6)) / periodNs));
          const deviceTicks = BigInt.asUintN(validBits, ticks);
          return { deviceTicks, cpuNs: atNs + (errors[index] ?? 0) / 1.001, maxDeviationNs: 1000 };
        });
        const { driftPpm, constant } = driftOf(points, { validBits, periodNs });
        expect(constant).toBe(true);
        expect(driftPpm.low).toBeLessThanOrEqual(truePpm + 0.01);
        expect(driftPpm.high).toBeGreaterThanOrEqual(truePpm - 0.01);
        expect(driftPpm.value).toBeGreaterThanOrEqual(driftPpm.low);
        expect(driftPpm.value).toBeLessThanOrEqual(driftPpm.high);
      }),
    );
  });
});
