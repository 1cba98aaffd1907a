import { expect, it } from 'vitest';
import { calibrateStalls, limitsFrom } from '../../src/timing/stall-calibration.ts';
import { type Event, simulatedClocks, TURN_NS } from './simulated-watch.ts';

/** A timer tick of 30 µs every 4 ms, and more than a third of the time stolen in silence. */
function ticksAndTheft(): readonly Event[] {
  return Array.from({ length: 200 }, (_, index): readonly Event[] => [
    { atNs: index * 4e6, happens: (thread) => thread.run(30e3) },
    { atNs: index * 4e6 + 1e6, happens: (thread) => thread.stealUnseen(2e6) },
  ]).flat();
}

it('calibrateStalls() learns the ticks of a machine that is robbed in silence meanwhile', () => {
  const calibration = calibrateStalls(simulatedClocks({ events: ticksAndTheft() }), 'auto');
  expect(calibration).toMatchObject({ turnNs: TURN_NS, snapshotCostNs: TURN_NS, periodNs: 1e6 });
  expect(calibration.thresholdNs).toBeCloseTo(60e3, -4);
  expect(calibration.interruptNs).toBe(250e3);
  if (!('p50Ns' in calibration.ticks)) throw new Error('no ticks');
  expect(calibration.ticks.count).toBeGreaterThan(50);
  expect(calibration.ticks.longestNs).toBeGreaterThan(2e6);
});

it('calibrateStalls() keeps to a wanted threshold unless the loop cannot see so short a hole', () => {
  const clocks = (): ReturnType<typeof simulatedClocks> => simulatedClocks({ events: [] });
  expect(calibrateStalls(clocks(), 30e3).thresholdNs).toBe(30e3);
  const calibration = calibrateStalls(clocks(), 10);
  expect(calibration.thresholdNs).toBe(calibration.leastHoleNs);
  expect(calibration.ticks).toEqual({ count: 0 });
});

it('limitsFrom() never takes a millisecond for an interrupt', () => {
  const slow = Array.from({ length: 100 }, () => 800e3);
  const limits = limitsFrom(slow, 'auto', 5e3);
  expect(limits.thresholdNs).toBeLessThan(1e6);
  expect(limits.interruptNs).toBeLessThan(1e6);
  expect(limitsFrom([], 'auto', 5e3)).toEqual({ thresholdNs: 50e3, interruptNs: 250e3 });
});
