import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceInterval, excessNs } from '../../src/timing/device-interval.ts';

const counter = { validBits: 64, periodNs: 1 };
const refused = (reason: string) => ({ available: false, reason });

describe('deviceInterval()', () => {
  it('is the time between the timestamps', () => {
    expect(deviceInterval({ begin: 10n, end: 110n }, 300, { validBits: 64, periodNs: 2 })).toEqual({
      available: true,
      value: 200,
    });
  });

  it('is right across a wrap', () => {
    const narrow = { validBits: 36, periodNs: 1 };
    expect(deviceInterval({ begin: 2n ** 36n - 5n, end: 7n }, 100, narrow)).toEqual({
      available: true,
      value: 12,
    });
  });

  it.each([
    ['both 0', 0n, 0n, 'both timestamps are 0'],
    ['a counter that stands', 7n, 7n, 'both timestamps are equal'],
    ['the wrong order', 900n, 100n, 'the second timestamp is before the first'],
    ['an end that was never written', 900n, 0n, 'the second timestamp is before the first'],
    ['more time than there was', 100n, 9000n, 'the device time is longer than the wall time around it'],
  ])('is refused for %s', (_, begin, end, reason) => {
    expect(deviceInterval({ begin, end }, 1000, counter)).toEqual(refused(reason));
  });

  it('is kept where a time daemon slows the clock of the wall time down as far as it can', () => {
    expect(deviceInterval({ begin: 0n, end: 1_000_000n }, 917_000, counter)).toEqual({
      available: true,
      value: 1_000_000,
    });
    expect(deviceInterval({ begin: 0n, end: 1_000_000n }, 890_000, counter)).toEqual(
      refused('the device time is longer than the wall time around it'),
    );
  });

  it('is no time where two timestamps differ above their valid bits only', () => {
    const narrow = { validBits: 36, periodNs: 1 };
    expect(deviceInterval({ begin: 5n, end: 5n + 2n ** 40n }, 100, narrow)).toEqual(
      refused('both timestamps are equal'),
    );
  });

  it('is refused where the submission took longer than a wrap, whatever the difference', () => {
    const narrow = { validBits: 20, periodNs: 1 };
    expect(deviceInterval({ begin: 1n, end: 500n }, 2 ** 20 + 1, narrow)).toEqual(
      refused('the counter wraps every 1.05 ms, and the submission took longer'),
    );
    expect(deviceInterval({ begin: 1n, end: 500n }, 2 ** 20, narrow)).toMatchObject({ available: true });
  });

  it.each([0, Number.NaN, -1])('is refused where a tick is %s ns long', (periodNs) => {
    expect(deviceInterval({ begin: 1n, end: 2n }, 10, { validBits: 64, periodNs })).toEqual(
      refused('the device does not say how long a tick is (timestampPeriod)'),
    );
  });

  it('is the true time of any submission that ran within its wall time, and refused in the wrong order', () => {
    const anything = fc.record({
      validBits: fc.integer({ min: 36, max: 64 }),
      begin: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      ticks: fc.integer({ min: 1, max: 1e9 }),
      aroundNs: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(anything, ({ validBits, begin, ticks, aroundNs }) => {
        const on = { validBits, periodNs: 1 };
        const pair = {
          begin: BigInt.asUintN(validBits, begin),
          end: BigInt.asUintN(validBits, begin + BigInt(ticks)),
        };
        expect(deviceInterval(pair, ticks + aroundNs, on)).toEqual({ available: true, value: ticks });
        const turned = deviceInterval({ begin: pair.end, end: pair.begin }, ticks + aroundNs, on);
        expect(turned).toEqual(refused('the second timestamp is before the first'));
      }),
    );
  });
});

describe('excessNs()', () => {
  it('forgives what two clocks can differ by, and two ticks', () => {
    expect(excessNs(1_000_900, 1_000_000, 1)).toBeLessThan(0);
    expect(excessNs(1_030, 1_000, 20)).toBeLessThan(0);
    expect(excessNs(2_000, 1_000, 1)).toBeCloseTo(997);
  });
});
