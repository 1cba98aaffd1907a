import { describe, expect, it } from 'vitest';
import { quantileOfSorted, sortedCopy } from '../../src/stats/quantile.ts';
import type { OwnCost } from '../../src/suite/operation.ts';
import { operationSubmission } from '../../src/suite/operation-submission.ts';
import { measureOwnCost } from '../../src/suite/own-cost.ts';
import { type World, world } from './simulated-world.ts';

/** A world in which looking at the clock takes time. */
function costly(stampNs: () => number): World {
  const clock = world();
  const { stamp } = clock.session.clocks;
  const nowNs = (): number => {
    clock.thread.run(stampNs());
    return stamp.nowNs();
  };
  const session = { ...clock.session, clocks: { ...clock.session.clocks, stamp: { ...stamp, nowNs } } };
  return { ...clock, session };
}

/** A world in which the time of this machine passes. */
function realClock(): World {
  const clock = world();
  const { clocks } = clock.session;
  const stamp = { ...clocks.stamp, nowNs: () => performance.now() * 1e6 };
  return { ...clock, session: { ...clock.session, clocks: { ...clocks, stamp } } };
}

function costOf({ session }: World, iterations: number): OwnCost {
  const cost = measureOwnCost(session, { iterations, calls: 3 });
  if (!cost.available) throw new Error(cost.reason);
  return cost.value;
}

describe('measureOwnCost()', () => {
  it('is what the clocks add to a sample of nothing, for each of its operations', () => {
    // From the first look to the last: two looks.
    expect(
      costOf(
        costly(() => 30),
        1,
      ),
    ).toMatchObject({ emptyNs: 60, emptyLowNs: 60, emptyHighNs: 60, calls: 3 });
    expect(
      costOf(
        costly(() => 30),
        4,
      ),
    ).toMatchObject({ emptyNs: 15 });
  });

  it('gives the middle nine tenths', () => {
    let looks = 0;
    const cost = costOf(
      costly(() => (++looks % 10 === 0 ? 500 : 50 + (looks % 7))),
      1,
    );
    expect(cost.emptyLowNs).toBeLessThan(cost.emptyNs);
    expect(cost.emptyHighNs).toBeGreaterThan(500);
  });

  it('measures a native call that does nothing', () => {
    const { callNs } = costOf(world(), 1);
    expect(callNs).toBeGreaterThan(1);
    expect(callNs).toBeLessThan(1e6);
  });

  it('repeats nothing in the way in which nothing but nothing is repeated', () => {
    // The first operation that V8 sees in the loop would be inlined, and cost a tenth of a real one.
    const { session } = realClock();
    const empty = measureOwnCost(session, { iterations: 4096, calls: 0 });
    if (!empty.available) throw new Error(empty.reason);
    let ran = 0;
    const submission = operationSubmission({ run: () => void ran++ }, 4096, () => undefined);
    const { nowNs } = session.clocks.stamp;
    const timesNs = Array.from({ length: 256 }, () => {
      const startNs = nowNs();
      submission.submit();
      return (nowNs() - startNs) / 4096;
    });
    expect(empty.value.emptyNs).toBeGreaterThan(quantileOfSorted(sortedCopy(timesNs), 0.5) / 3);
  });
});
