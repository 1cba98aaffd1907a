import { describe, expect, it } from 'vitest';
import { splitWakeUp, type WakeUpInstants } from '../../src/timing/wake-up-split.ts';

/** The device ends at 1000; the thread is runnable at 1400, waits 300 in the queue, and is back at 1800. */
const AT: WakeUpInstants = {
  deviceEndNs: 1000,
  uncertaintyNs: 5,
  lastInNs: 1700,
  waitEndNs: 1800,
  runQueueNs: 300,
  blocks: 1,
  switchesIn: 1,
};

describe('splitWakeUp()', () => {
  it('cuts the wake-up into notification, run-queue wait and return, which are the whole of it', () => {
    const split = splitWakeUp(AT);
    expect(split).toEqual({ available: true, value: { notifyNs: 400, returnNs: 100 } });
  });

  it('takes a notification that is negative within the uncertainty for none', () => {
    expect(splitWakeUp({ ...AT, deviceEndNs: 1404 })).toMatchObject({ value: { notifyNs: 0 } });
  });

  it.each([
    [{ blocks: 2, switchesIn: 2 }, /blocked 2 times/],
    [{ switchesIn: 2 }, /put on a CPU 2 times/],
    [{ blocks: 0, switchesIn: 0 }, /blocked 0 times/],
    [{ deviceEndNs: 1500 }, /before the device ended/],
    [{ waitEndNs: 1600 }, /after the wait returned/],
    [{ runQueueNs: Number.NaN }, /missing/],
  ])('says why it cannot: %o', (changes, reason) => {
    const split = splitWakeUp({ ...AT, ...changes });
    expect(split.available ? '' : split.reason).toMatch(reason);
  });
});
