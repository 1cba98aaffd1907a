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
  it('is the difference, exactly where every round agrees', () => {
    const { stamp, lasting } = world();
    expect(addedNs(stamp, lasting(100), lasting(130))).toEqual({ value: 30, low: 30, high: 30 });
  });

  it('lets what slows a whole round fall away, and an outlier', () => {
    const { stamp, lasting } = world();
    const plain = lasting(100, 100, 500, 500, 100, 100);
    const other = lasting(150, 150, 550, 550, 150, 99_150);
    expect(addedNs(stamp, plain, other).value).toBe(50);
  });

  it('lets fall away what only the first of two in turn pays', () => {
    let now = 0;
    let last = -1;
    const lasting = (ns: number) => () => {
      now += last === ns ? ns : ns + 40;
      last = ns;
    };
    const { value } = addedNs({ nowNs: () => now }, lasting(100), lasting(130));
    // Of the two others only the first is; of the two plain ones the first of a round follows a plain one.
    expect(value).toBe(30);
  });

  it('is below 0 where the other is faster, and within its bounds', () => {
    const { stamp, lasting } = world();
    const { value, low, high } = addedNs(stamp, lasting(100e6, 100e6, 110e6, 110e6), lasting(60e6));
    // Six rounds, of which the lowest and the highest are the bounds.
    expect([low, value, high]).toEqual([-50e6, -45e6, -40e6]);
  });

  it('takes six rounds of what lasts long', () => {
    const { stamp, lasting } = world();
    let calls = 0;
    const plain = lasting(1e9);
    const counted = (): void => {
      plain();
      calls++;
    };
    addedNs(stamp, counted, lasting(1e9));
    expect(calls).toBe(12);
  });
});
