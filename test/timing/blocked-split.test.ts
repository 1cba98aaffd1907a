import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { type OffCpuEvidence, splitBlocked } from '../../src/timing/blocked-split.ts';
import { emptyOffCpu } from '../../src/timing/off-cpu.ts';

const MS = 1e6;
const bias = { perBlockNs: 20e3, lowNs: 10e3, highNs: 40e3, waits: 20 };

function evidence(offCpu: Partial<OffCpuEvidence['offCpu']>, rateError = 0): OffCpuEvidence {
  return { offCpu: { ...emptyOffCpu(), ...offCpu }, bias, rateError };
}

describe('splitBlocked()', () => {
  test('splits the futex scenario of the facts: 100 waits of 20 ms with a hog beside them', () => {
    const spent = { wallNs: 2019.3 * MS, cpuNs: 196.5 * MS, runQueueNs: 122.3 * MS, timeslices: 100 };
    const split = splitBlocked(
      spent,
      evidence({ offNs: 1824.4 * MS, switchesIn: 100, switchesOut: 100, blocks: 100 }),
    );
    if (!split.available) throw new Error(split.reason);
    // In-call time was 1778.8 ms, of which the queue had 122.3: B is 1700.1, and nothing was stolen.
    expect(split.value.blockedNs).toBeCloseTo(1700.1 * MS, -1);
    expect(split.value.stealNs).toBeCloseTo(0.4 * MS, -1);
    expect(split.value.errorNs).toBeCloseTo(10 * 15e3 + 100 * 20e3, -1);
    expect(split.value.stealLowNs).toBeCloseTo(0.4 * MS - 10 * 15e3 - 100 * 10e3, -1);
    expect(split.value.stealHighNs).toBeCloseTo(0.4 * MS + 10 * 15e3 + 100 * 20e3, -1);
  });

  test('keeps S + B = W − C − R', () => {
    const spent = { wallNs: 9 * MS, cpuNs: 4 * MS, runQueueNs: 2 * MS, timeslices: 5 };
    const split = splitBlocked(spent, evidence({ offNs: 3 * MS, switchesIn: 5, switchesOut: 5, blocks: 2 }));
    if (!split.available) throw new Error(split.reason);
    expect(split.value.blockedNs + split.value.stealNs).toBeCloseTo(3 * MS, 3);
  });

  test('counts preemptions and the rate of the clock of the records into the error', () => {
    const spent = { wallNs: 9 * MS, cpuNs: 4 * MS, runQueueNs: 0, timeslices: 2 };
    const offCpu = { offNs: 5 * MS, switchesIn: 2, switchesOut: 2, blocks: 0 };
    expect(splitBlocked(spent, evidence(offCpu, 1e-3))).toMatchObject({ value: { errorNs: 2 * 20e3 + 5e3 } });
  });

  test('refuses records of another span, and records with a hole', () => {
    const spent = { wallNs: 1, cpuNs: 1, runQueueNs: 0, timeslices: 1 };
    expect(splitBlocked(spent, evidence({ switchesIn: 0 })).available).toBe(false);
    expect(splitBlocked(spent, evidence({ switchesIn: 1, unknownNs: 5 }))).toMatchObject({
      reason: 'records of context switches are missing',
    });
    expect(splitBlocked(spent, evidence({ switchesIn: 1 }))).toMatchObject(available({}));
  });
});
