import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { boundSteal, caseSteal } from '../../src/timing/case-steal.ts';

const tickNs = 1e7;
const at = (...ticks: [cpu: number, ticks: number][]): Map<number, number> => new Map(ticks);

describe('caseSteal()', () => {
  test('bounds a pinned thread by the steal of its CPU plus one tick', () => {
    const steal = caseSteal(at([0, 10], [1, 500]), at([0, 14], [1, 900]), tickNs, [0]);
    expect(steal.perCpu).toEqual([{ cpu: 0, deltaNs: available(4e7), ranBackwards: false }]);
    expect(steal.ceilingNs).toEqual(available(5e7));
  });

  test('bounds a free thread by the sum over all CPUs plus a tick each', () => {
    expect(caseSteal(at([0, 10], [1, 500]), at([0, 14], [1, 503]), tickNs).ceilingNs).toEqual(available(9e7));
  });

  test('clamps a counter that ran backwards, flags it, and gives no ceiling', () => {
    const steal = caseSteal(at([0, 10]), at([0, 7]), tickNs);
    expect(steal.perCpu[0]).toEqual({ cpu: 0, deltaNs: available(0), ranBackwards: true });
    expect(steal.ceilingNs).toEqual(unavailable('the steal counter of CPU 0 ran backwards'));
  });

  test('gives no ceiling when an allowed CPU went offline or came online', () => {
    expect(caseSteal(at([0, 1], [2, 1]), at([0, 1]), tickNs).ceilingNs).toEqual(
      unavailable('CPU 2 was not online after the case'),
    );
    expect(caseSteal(at([0, 1]), at([0, 1], [2, 1]), tickNs).ceilingNs).toEqual(
      unavailable('CPU 2 was not online before the case'),
    );
  });

  test('ignores CPUs of the affinity mask that are not there at all', () => {
    expect(caseSteal(at([0, 1]), at([0, 1]), tickNs, [0, 1, 2, 3]).ceilingNs).toEqual(available(tickNs));
  });

  test('gives no ceiling when no CPU is known', () => {
    expect(caseSteal(at([0, 1]), at([0, 1]), tickNs, []).ceilingNs.available).toBe(false);
  });
});

describe('boundSteal()', () => {
  test('narrows the segments by the counters', () => {
    expect(boundSteal(100, 1000, 400)).toEqual({ lowNs: 100, highNs: 400, disagree: false });
    expect(boundSteal(100, 300, 400)).toEqual({ lowNs: 100, highNs: 300, disagree: false });
  });

  test('flags a charge that exceeds the counters, and keeps the interval in order', () => {
    expect(boundSteal(500, 1000, 400)).toEqual({ lowNs: 500, highNs: 500, disagree: true });
  });
});
