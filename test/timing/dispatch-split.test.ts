import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DispatchInstants, type DispatchSplit, splitDispatch } from '../../src/timing/dispatch-split.ts';

const typical: DispatchInstants = {
  submitStartNs: 1000,
  submitEndNs: 1010,
  deviceStartNs: 1030,
  deviceEndNs: 1530,
  waitEndNs: 1570,
  uncertaintyNs: 5,
};

function split(changed: Partial<DispatchInstants>): DispatchSplit {
  const parts = splitDispatch({ ...typical, ...changed });
  if (!parts.available) throw new Error(parts.reason);
  return parts.value;
}

describe('splitDispatch()', () => {
  test('cuts a dispatch into its parts', () => {
    expect(split({})).toEqual({
      submitNs: 10,
      queueNs: 20,
      deviceNs: 500,
      overlapNs: 0,
      wakeUpNs: 40,
      uncertaintyNs: 5,
    });
  });

  test('has no queue when the device starts within submit, and states the overlap', () => {
    expect(split({ deviceStartNs: 1004 })).toMatchObject({ queueNs: 0, overlapNs: 6, deviceNs: 526 });
  });

  test('counts the wake-up from the return of submit when the device had ended before', () => {
    expect(split({ deviceStartNs: 1002, deviceEndNs: 1006 })).toMatchObject({
      queueNs: 0,
      overlapNs: 4,
      wakeUpNs: 560,
    });
  });

  test('moves an instant that is out of order within the uncertainty, without a negative part', () => {
    expect(split({ deviceEndNs: 1574 })).toMatchObject({ wakeUpNs: 0, deviceNs: 544 });
    expect(split({ deviceStartNs: 996 })).toMatchObject({ queueNs: 0, overlapNs: 10, deviceNs: 534 });
  });

  test.each<[Partial<DispatchInstants>, string]>([
    [{ deviceEndNs: 1600 }, 'the wait returns 30 ns before the device ends, beyond the uncertainty of 5 ns'],
    [{ deviceStartNs: 900 }, 'the device starts 100 ns before submit starts, beyond the uncertainty of 5 ns'],
    [{ deviceEndNs: 1020 }, 'the device ends 10 ns before it starts'],
    [{ submitEndNs: 990 }, 'submit returns 10 ns before it starts'],
    [{ waitEndNs: 1005 }, 'the wait returns 5 ns before submit returns'],
    [{ deviceStartNs: Number.NaN }, 'an instant is missing or not finite'],
  ])('refuses %j', (changed, reason) => {
    expect(splitDispatch({ ...typical, ...changed })).toEqual({ available: false, reason });
  });

  test('adds up to the wall time within twice the uncertainty, and has no negative part', () => {
    const instant = fc.integer({ min: 0, max: 2000 });
    const instants = fc.record({
      submitStartNs: instant,
      submitEndNs: instant,
      waitEndNs: instant,
      deviceStartNs: instant,
      deviceEndNs: instant,
      uncertaintyNs: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(instants, (at) => {
        const parts = splitDispatch(at);
        if (!parts.available) return;
        const { submitNs, queueNs, deviceNs, overlapNs, wakeUpNs } = parts.value;
        for (const part of Object.values(parts.value)) expect(part).toBeGreaterThanOrEqual(0);
        const sumNs = submitNs + queueNs + deviceNs - overlapNs + wakeUpNs;
        expect(Math.abs(sumNs - (at.waitEndNs - at.submitStartNs))).toBeLessThanOrEqual(2 * at.uncertaintyNs);
      }),
      { numRuns: 2000 },
    );
  });
});
