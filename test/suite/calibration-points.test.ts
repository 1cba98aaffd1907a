import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { calibrationPoints } from '../../src/suite/calibration-points.ts';
import type { Session } from '../../src/suite/session.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';
import { verdictA } from '../timing/verdicts.ts';

const point = { deviceTicks: 7n, cpuNs: 1_000n, maxDeviationNs: 3 };

function session(device: Partial<Session['device']>): Pick<Session, 'device' | 'clocks'> {
  const thread = simulateThread({ wallClock: 'CLOCK_MONOTONIC' });
  return {
    device: { ...openSimulatedDevice({ calibrate: () => point }), ...device },
    clocks: {
      snapshot: thread.clock,
      stamp: thread.stamps,
      verdict: verdictA,
      countSteal: () => () => unavailable('not asked for'),
      workers: null,
      throttling: null,
      stalls: () => unavailable('not watched'),
      watchDevice: () => () => unavailable('not watched'),
      watchInterrupts: () => () => unavailable('not watched'),
      watchCounters: () => () => unavailable('not watched'),
      driverThreads: () => [],
      offCpu: null,
      stolenShare: () => 0,
    },
  };
}

describe('calibrationPoints()', () => {
  it('reads points on the scale of the stamps', () => {
    const points = calibrationPoints(session({}));
    expect(points.read()).toMatchObject({ deviceTicks: 7n, maxDeviationNs: 3 });
    expect(points.notes()).toEqual([]);
  });

  it('has nothing to say of a device that offers no calibration', () => {
    const points = calibrationPoints(session({ calibratedClock: unavailable('not offered') }));
    expect([points.read(), points.notes()]).toEqual([null, []]);
  });

  it('reads none of a clock that the stamps are not of, and says so', () => {
    const points = calibrationPoints(session({ calibratedClock: available('CLOCK_MONOTONIC_RAW') }));
    expect(points.read()).toBe(null);
    expect(points.notes()).toEqual([
      'queue and wake-up times are missing: stamps are of CLOCK_MONOTONIC, the device is calibrated against CLOCK_MONOTONIC_RAW',
    ]);
  });

  it.each([
    ['throws', () => fail()],
    ['gives none', () => unavailable('the driver refused')],
  ])('goes on when the device %s, asks it no more, and says so once', (_, calibrate) => {
    let calls = 0;
    const counted = (): ReturnType<Session['device']['calibrate']> => {
      calls++;
      return calibrate();
    };
    const points = calibrationPoints(session({ calibrate: counted }));
    expect([points.read(), points.read()]).toEqual([null, null]);
    expect(calls).toBe(1);
    expect(points.notes()).toEqual(['queue and wake-up times are missing: the driver refused']);
  });

  it('passes on the loss of the device', () => {
    const points = calibrationPoints(session({ usable: false, calibrate: () => fail() }));
    expect(() => points.read()).toThrow('the driver refused');
  });
});

function fail(): never {
  throw new Error('the driver refused');
}
