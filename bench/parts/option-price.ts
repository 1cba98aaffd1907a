// The Black-Scholes formula in double precision, with a bound on what single precision may make of each price.
//
// Rounding errors are followed to first order, in units of u = 2^-24, half a ULP. What Vulkan allows: 1 for addition,
// subtraction and multiplication, 5 for a division (2.5 ULP), 9 for a root (an inverse root of 2 ULP and a division),
// 6 + 4 |x| relative for exp(x), 6 relative for log(x), but 8 absolute (2^-21) where x is in [1/2, 2].
import { ROUNDING } from './bounded.ts';

/** Coefficients of 26.2.17 of M. Abramowitz and I. Stegun, Handbook of mathematical functions. */
const COEFFICIENTS = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
const SCALE = 0.2316419;
const DENSITY = 1 / Math.sqrt(2 * Math.PI);

/** A value, and how far the device's may be from it, in units of u. */
interface Bounded {
  readonly value: number;
  readonly error: number;
}

export interface OptionPrices {
  readonly call: number;
  readonly put: number;
  readonly callBound: number;
  readonly putBound: number;
}

/** The cumulative normal distribution at a d that is itself known within `d.error` only. */
function cumulative(d: Bounded): Bounded {
  const k = 1 / (1 + SCALE * Math.abs(d.value));
  let [polynomial, polynomialError, power] = [0, 0, 1];
  COEFFICIENTS.forEach((coefficient, index) => {
    power *= k;
    polynomial += coefficient * power;
    // Of a term of degree i: 8 for each k in it (constant, product, sum and quotient), 2 for each step of Horner's
    // scheme, and its coefficient's own rounding.
    polynomialError += Math.abs(coefficient) * power * (10 * (index + 1) + 1);
  });
  const exponent = (d.value * d.value) / 2;
  const density = DENSITY * Math.exp(-exponent);
  // The exponent has 2, which its exponential multiplies by |x|; a constant and two products follow.
  const relative = 6 + 4 * exponent + 2 * exponent + 3;
  const tail = density * polynomial;
  const error = density * (d.error + polynomialError) + tail * relative + 1;
  return { value: d.value > 0 ? 1 - tail : tail, error };
}

/** log(price / strike) / spread and what belongs to it. */
function firstArgument(ratio: number, drift: number, spread: number): Bounded {
  const log = Math.log(ratio);
  const numerator = log + drift;
  const logError = 5 + Math.max(8, 6 * Math.abs(log));
  const error = logError + 4 * drift + Math.abs(numerator);
  // The spread has 10, the division 5.
  return { value: numerator / spread, error: error / spread + Math.abs(numerator / spread) * 15 };
}

/** Prices of a European call and put without dividends (F. Black, M. Scholes, 1973). */
export function optionPrices(
  price: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
): OptionPrices {
  const spread = volatility * Math.sqrt(years);
  const d1 = firstArgument(price / strike, (rate + 0.5 * volatility * volatility) * years, spread);
  const d2 = { value: d1.value - spread, error: d1.error + 10 * spread + Math.abs(d1.value - spread) };
  const [n1, n2] = [cumulative(d1), cumulative(d2)];
  const discounted = strike * Math.exp(-rate * years);
  // Of the exponential and its exponent, and the product with the strike.
  const discountedError = 6 + 5 * rate * years + 1;
  const call = price * n1.value - discounted * n2.value;
  const put = discounted * (1 - n2.value) - price * (1 - n1.value);
  const shared = price * n1.error + discounted * n2.error;
  const callError = price * n1.value + discounted * n2.value * (discountedError + 1) + call;
  // 1 - n rounds once more.
  const putError = price * (1 - n1.value) * 2 + discounted * (1 - n2.value) * (discountedError + 2) + put;
  return {
    call,
    put,
    callBound: ROUNDING * (shared + callError),
    putBound: ROUNDING * (shared + putError),
  };
}
