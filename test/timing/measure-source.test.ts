// On a pretended clock, where a reading takes exactly so long as it says.
import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { ClockSource, OpenedSource } from '../../src/timing/clock-source.ts';
import { measureLoopCost, measureSource } from '../../src/timing/measure-source.ts';

let nowNs = 0;
const now = (): number => nowNs;

function sourceOf(opened: Partial<OpenedSource>): ClockSource {
  const spend = (): number => {
    nowNs += 100;
    return nowNs;
  };
  const one = { read: spend, statedResolutionNs: available(7), ...opened };
  return { name: 'pretended', scope: 'thread', counts: 'nothing', open: () => available(one) };
}

function figuresOf(opened: Partial<OpenedSource>) {
  const { measured } = measureSource(sourceOf(opened), now);
  if (!measured.available) throw new Error(measured.reason);
  return measured.value;
}

describe('measureSource()', () => {
  test('finds the cost of a reading and the step that the clock makes', () => {
    const read = (): number => {
      nowNs += 100;
      return Math.floor(nowNs / 4000) * 4000;
    };
    expect(figuresOf({ read })).toMatchObject({
      cost: { minNs: 100, medianNs: 100, p99Ns: 100, readingsPerBatch: 200 },
      smallestStepNs: available(4000),
      statedResolutionNs: available(7),
      ranBackwards: 0,
    });
  });

  test('sees single slow readings in p99 and not in the median', () => {
    let count = 0;
    const read = (): number => {
      nowNs += ++count % 10_000 === 0 ? 1e6 : 100;
      return nowNs;
    };
    const { cost } = figuresOf({ read });
    expect(cost.medianNs).toBe(100);
    expect(cost.p99Ns).toBeGreaterThan(1000);
  });

  test('counts readings that are smaller than the one before', () => {
    let count = 0;
    const read = (): number => {
      nowNs += 100;
      return ++count % 50 === 0 ? 0 : nowNs;
    };
    const { ranBackwards, comparisons } = figuresOf({ read });
    expect(ranBackwards).toBeGreaterThan(0.018 * comparisons);
    expect(ranBackwards).toBeLessThan(0.022 * comparisons);
  });

  test('says of a source that stands still that no step was seen', () => {
    const read = (): number => {
      nowNs += 100;
      return 5;
    };
    expect(figuresOf({ read }).smallestStepNs).toEqual(unavailable('it did not move within 30 ms'));
  });

  test('does not look for steps in what is no clock', () => {
    const { smallestStepNs, comparisons } = figuresOf({ noSteps: 'it is no clock' });
    expect({ smallestStepNs, comparisons }).toEqual({
      smallestStepNs: unavailable('it is no clock'),
      comparisons: 0,
    });
  });

  test('divides the cost of emptying a queue by what was in it', () => {
    const { cost } = figuresOf({
      prepare: () => {
        nowNs += 1e5;
        return 4;
      },
      noSteps: 'it is a queue',
    });
    expect(cost).toMatchObject({ medianNs: 25, readingsPerBatch: 4 });
  });

  test('keeps the reason why a source is not here', () => {
    const missing: ClockSource = { ...sourceOf({}), open: () => unavailable('not on this machine') };
    expect(measureSource(missing, now)).toEqual({
      name: 'pretended',
      scope: 'thread',
      counts: 'nothing',
      measured: unavailable('not on this machine'),
    });
  });

  test('closes what it opened, also where the source reads no number', () => {
    let closed = 0;
    const close = (): void => void closed++;
    measureSource(sourceOf({ close }), now);
    const read = (): number => {
      nowNs += 100;
      return Number.NaN;
    };
    expect(() => measureSource(sourceOf({ close, read }), now)).toThrow('it read no number');
    expect(closed).toBe(2);
  });
});

test('measureLoopCost() is less than the cheapest clock of this machine takes', () => {
  const realNow = (): number => performance.now() * 1e6;
  const cheapest = measureSource(
    {
      ...sourceOf({}),
      open: () => available({ read: realNow, statedResolutionNs: available(1) }),
    },
    realNow,
  );
  if (!cheapest.measured.available) throw new Error(cheapest.measured.reason);
  expect(measureLoopCost(realNow).minNs).toBeLessThan(cheapest.measured.value.cost.minNs);
});
