import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { FleetNodeState } from '../../src/merge/fleet-report.ts';
import { signsOf } from '../../src/merge/node-signs.ts';

const state = (changes: Partial<FleetNodeState> = {}, index = 0): FleetNodeState => ({
  computeClockHz: available(1.98e9 + index * 1e6),
  throttleReasons: ['clocks kept with those of other devices'],
  eccErrors: available(0),
  linkWidth: available(16),
  linkGtps: available(32),
  stealShare: available({ low: 0, high: 0.002 }),
  runQueueShare: available(0.001),
  throttledShare: available(0),
  exitCostNs: available(1000 + index),
  ...changes,
});

const signs = signsOf(Array.from({ length: 20 }, (_, index) => state({}, index)));
const texts = (changes: Partial<FleetNodeState>): readonly string[] =>
  signs(state(changes)).map(({ text }) => text);

describe('signsOf()', () => {
  it('finds nothing in a node that is like the others, or does not tell', () => {
    expect(signs(state({}, 19))).toEqual([]);
    const nothing = unavailable('no reader');
    const silent = { computeClockHz: nothing, eccErrors: nothing, linkWidth: nothing, stealShare: nothing };
    expect(texts({ ...silent, linkGtps: nothing, exitCostNs: nothing, runQueueShare: nothing })).toEqual([]);
  });

  it('tells what the GPU shows', () => {
    expect(texts({ computeClockHz: available(1.21e9) })).toEqual(['compute clock 1.21 GHz (fleet 1.99 GHz)']);
    expect(texts({ eccErrors: available(3) })).toEqual([
      '3 memory errors that ECC could not correct (fleet 0)',
    ]);
    expect(texts({ linkWidth: available(8) })).toEqual(['PCIe link of 8 lanes (fleet 16)']);
    expect(texts({ linkGtps: available(16) })).toEqual(['PCIe link of 16 GT/s (fleet 32)']);
    const throttleReasons = ['clocks kept with those of other devices', 'power limit (software)'];
    expect(texts({ throttleReasons })).toEqual(['held back by: power limit (software)']);
  });

  it('tells what the guest lost, and how much slower that makes it', () => {
    const [steal, ...others] = signs(state({ stealShare: available({ low: 0.099, high: 0.103 }) }));
    expect(others).toEqual([]);
    expect(steal?.text).toBe('steal 9.9–10% (fleet 0–0.2%)');
    expect(steal?.explains).toBeCloseTo(1.111, 2);
    expect(texts({ runQueueShare: available(0.05) })).toEqual(['waited for a CPU 5.0 % (fleet 0.1 %)']);
    expect(texts({ throttledShare: available(0.2) })).toEqual(['withheld by a CPU quota 20 % (fleet 0 %)']);
    expect(texts({ exitCostNs: available(2000) })).toEqual(['exit cost 2.00 µs (fleet 1.01 µs)']);
  });
});
