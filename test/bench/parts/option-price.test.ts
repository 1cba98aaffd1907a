// Option prices against a textbook, and their error bounds against single precision as a careful device computes it.
import { describe, expect, it } from 'vitest';
import { optionPrices } from '../../../bench/parts/option-price.ts';
import { seededRandom } from '../../../src/base/random.ts';

const { fround } = Math;

/** The kernel's distribution, every operation rounded to binary32. */
function cumulative(d: number): number {
  const k = fround(1 / fround(1 + fround(fround(0.2316419) * Math.abs(d))));
  const coefficients = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const polynomial = coefficients.reduce((sum, value) => fround(fround(sum + fround(value)) * k), 0);
  const exponent = fround(fround(-0.5 * d) * d);
  const density = fround(fround(1 / Math.sqrt(2 * Math.PI)) * fround(Math.exp(exponent)));
  const tail = fround(density * polynomial);
  return d > 0 ? fround(1 - tail) : tail;
}

function callInSinglePrecision(price: number, strike: number, years: number): number {
  const [rate, volatility] = [fround(0.02), fround(0.3)];
  const spread = fround(volatility * fround(Math.sqrt(years)));
  const drift = fround(fround(rate + fround(fround(0.5 * volatility) * volatility)) * years);
  const d1 = fround(fround(fround(Math.log(fround(price / strike))) + drift) / spread);
  const discounted = fround(strike * fround(Math.exp(fround(-rate * years))));
  const second = fround(discounted * cumulative(fround(d1 - spread)));
  return fround(fround(price * cumulative(d1)) - second);
}

describe('optionPrices()', () => {
  it('are those of a textbook', () => {
    // J. C. Hull, Options, futures, and other derivatives: example of the Black-Scholes formula.
    const { call, put } = optionPrices(42, 40, 0.5, 0.1, 0.2);
    expect(call).toBeCloseTo(4.76, 2);
    expect(put).toBeCloseTo(0.81, 2);
  });

  it('have bounds that single precision keeps, and that are not much wider than it needs', () => {
    const random = seededRandom(3);
    let nearest = 0;
    for (let i = 0; i < 20_000; i++) {
      const [price, strike] = [fround(5 + 25 * random()), fround(1 + 99 * random())];
      const years = fround(0.25 + 9.75 * random());
      const { call, callBound } = optionPrices(price, strike, years, fround(0.02), fround(0.3));
      const used = Math.abs(callInSinglePrecision(price, strike, years) - call) / callBound;
      expect(used).toBeLessThanOrEqual(1);
      nearest = Math.max(nearest, used);
    }
    // A device may be three or four times as far off in a root, a division or an exponential.
    expect(nearest).toBeGreaterThan(0.05);
  });
});
