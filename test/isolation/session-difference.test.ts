import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { SessionRecord } from '../../src/isolation/protocol.ts';
import { sessionDifference } from '../../src/isolation/session-difference.ts';
import { passedThrough } from '../report/sample-attachment.ts';
import { deviceInfo, softwareDevice } from '../report/sample-device.ts';
import { sampleReport } from '../report/sample-report.ts';
import { verdictA } from '../timing/verdicts.ts';

const { clocks, binding } = sampleReport();
if (!clocks.available || !binding.available) throw new Error('the sample report lacks its session');
const first: SessionRecord = {
  device: deviceInfo(),
  attachment: passedThrough(),
  queueFamilyIndex: 0,
  clocks: clocks.value,
  binding: binding.value,
  verdict: verdictA,
  counters: [],
};

describe('sessionDifference()', () => {
  it('accepts a session that differs in what is measured anew each time', () => {
    const clocksNow = { ...first.clocks, snapshotCostNs: first.clocks.snapshotCostNs + 100 };
    const bindingNow = { ...first.binding, emptySubmitCpuNs: available(12_345) };
    expect(sessionDifference(first, { ...first, clocks: clocksNow, binding: bindingNow })).toBe(null);
  });

  it('names a software device that stands in for a GPU that is gone', () => {
    const difference = sessionDifference(first, { ...first, device: softwareDevice() });
    expect(difference).toBe(`the device is ${softwareDevice().name} and was ${first.device.name}`);
  });

  it.each<[string, Partial<SessionRecord>]>([
    ['device UUID', { device: { ...first.device, uuid: available('00000000-0000') } }],
    ['driver', { device: { ...first.device, driver: { ...first.device.driver, version: 1 } } }],
    ['queue family', { queueFamilyIndex: 2 }],
    ['route of the timed calls', { binding: { ...first.binding, timedCalls: { vkQueueSubmit: 'nvk' } } }],
    ['snapshot clock', { clocks: { ...first.clocks, snapshotClock: 'pure (koffi is missing)' } }],
    ['stamp clock', { clocks: { ...first.clocks, stampClock: 'CLOCK_TAI' } }],
  ])('names a different %s', (what, change) => {
    expect(sessionDifference(first, { ...first, ...change })).toMatch(
      new RegExp(`^the ${what} is .+ and was `),
    );
  });
});
