import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginDrift } from '../../src/timing/clock-drift.ts';

/** Two clocks of one time, which passes at every reading. */
function pretendedClocks(ppm: number, readingNs: () => number) {
  let trueNs = 1e9;
  const read = (rate: number) => (): number => {
    const atNs = trueNs;
    trueNs += readingNs();
    return atNs * rate;
  };
  return {
    clock: read(1 + ppm / 1e6),
    reference: read(1),
    pass: (ns: number): void => {
      trueNs += ns;
    },
  };
}

test('beginDrift() finds the rate of a clock within the bound that it states', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -500, max: 500, noNaN: true }),
      fc.double({ min: 1e8, max: 1e10, noNaN: true }),
      fc.array(fc.integer({ min: 20, max: 5000 }), { minLength: 1, maxLength: 50 }),
      (ppm, spanNs, costs) => {
        let reading = 0;
        const { clock, reference, pass } = pretendedClocks(
          ppm,
          () => costs[reading++ % costs.length] as number,
        );
        const end = beginDrift(clock, reference);
        pass(spanNs);
        const drift = end();
        if (!drift.available) throw new Error(drift.reason);
        // The offset within a comparison drifts too, by less than a ns.
        const roundingPpm = 1e6 / spanNs;
        expect(Math.abs(drift.value.ppm - ppm)).toBeLessThanOrEqual(drift.value.boundPpm + roundingPpm);
        expect(drift.value.spanNs).toBeGreaterThanOrEqual(spanNs);
      },
    ),
  );
});

test('beginDrift() keeps the comparison that was not interrupted', () => {
  let reading = 0;
  const { clock, reference, pass } = pretendedClocks(0, () => (reading++ % 10 === 7 ? 50 : 4000));
  const end = beginDrift(clock, reference);
  pass(1e9);
  const drift = end();
  expect(drift.available && drift.value.boundPpm).toBeLessThan(5);
});

test('beginDrift() knows no drift against a clock that stands still', () => {
  expect(
    beginDrift(
      () => performance.now(),
      () => 5,
    )(),
  ).toEqual({
    available: false,
    reason: 'the reference did not move',
  });
});
