import { describe, expect, it } from 'vitest';
import { differenceScale } from '../../src/merge/difference-scale.ts';

describe('differenceScale()', () => {
  it('shows one percent and twice the time on the same axis', () => {
    const scale = differenceScale(0.98, 2.2, 0.003);
    expect(scale.at(0.98)).toBeCloseTo(0, 6);
    expect(scale.at(2.2)).toBeCloseTo(100, 6);
    expect(scale.at(1.01) - scale.at(1)).toBeGreaterThan(10);
    expect(scale.at(2) - scale.at(1.5)).toBeGreaterThan(5);
    // Beyond the ends marks stand at them.
    expect([scale.at(0.1), scale.at(50), scale.at(Number.NaN)]).toEqual([0, 100, 0]);
  });

  it('is about linear within the unit', () => {
    const scale = differenceScale(0.9, 1.1, 0.05);
    const [one, two] = [1.005, 1.01].map((ratio) => scale.at(ratio) - scale.at(1));
    expect(two).toBeCloseTo(2 * (one as number), 1);
  });

  it.each([
    [0.98, 2.2, 0.003],
    [1, 1, 0.0001],
    [0.1, 10, 0.01],
  ])('labels no difference and round ones with room between them: %d to %d', (low, high, unit) => {
    const { ticks, at } = differenceScale(low, high, unit);
    expect(ticks.map(({ value }) => value)).toContain(1);
    expect(ticks.length).toBeGreaterThan(1);
    for (const [index, tick] of ticks.entries()) {
      expect(tick.at).toBe(at(tick.value));
      const before = ticks[index - 1];
      if (before !== undefined) expect(tick.at - before.at).toBeGreaterThanOrEqual(17);
    }
  });
});
