// The cost of one thing beside another, on a clock that moves as far as the test says.
import { describe, expect, it } from 'vitest';
import { addedNs } from '../../../bench/parts/added-cost.ts';

/** A clock, and operations that take so long on it, one time after the other. */
function world() {
  let now = 0;
  return {
    stamp: { nowNs: () => now },
    lasting: (...timesNs: readonly number[]) => {
      let call = 0;
      return () => {
        now += timesNs[call++ % timesNs.length] as number;
      };
    },
  };
}

describe('addedNs()', () => {
  it('is the difference, exactly where every pair agrees', () => {
    const { stamp, lasting } = world();
    expect(addedNs(stamp, lasting(100), lasting(130))).toEqual({ value: 30, low: 30, high: 30 });
  });

  it('lets what slows both of a pair fall away, and an outlier', () => {
    const { stamp, lasting } = world();
    const plain = lasting(100, 500, 100, 100, 900);
    const other = lasting(150, 550, 150, 99_150, 950);
    expect(addedNs(stamp, plain, other).value).toBe(50);
  });

  it('is below 0 where the other is faster, and within its bounds', () => {
    const { stamp, lasting } = world();
    const { value, low, high } = addedNs(stamp, lasting(100e6, 110e6, 120e6), lasting(60e6));
    expect(value).toBe(-50e6);
    // Of nine pairs the second lowest and the second highest.
    expect([low, high]).toEqual([-60e6, -40e6]);
  });

  it('takes nine pairs of what lasts long', () => {
    const { stamp, lasting } = world();
    let pairs = 0;
    const plain = lasting(1e9);
    addedNs(
      stamp,
      () => {
        plain();
        pairs++;
      },
      lasting(1e9),
    );
    expect(pairs).toBe(9);
  });
});
