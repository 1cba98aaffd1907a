// The Black-Scholes formula in double precision, with a bound on what single precision may make of each price.
//
// Rounding errors are followed to first order, in unit roundoffs of 2^-23: 1 for each addition, subtraction and
// multiplication, and for others the ulp that Vulkan allows.
import {
  DIVISION_ULPS as DIVISION,
  expUlps as exponential,
  LOG_ERROR_NEAR_1,
  LOG_ULPS,
  SQRT_ULPS,
} from './float-precision.ts';
import { UNIT_ROUNDOFF } from './rounding.ts';

/** Coefficients of 26.2.17 of M. Abramowitz and I. Stegun, Handbook of mathematical functions. */
const COEFFICIENTS = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
const SCALE = 0.2316419;
const DENSITY = 1 / Math.sqrt(2 * Math.PI);

/** A value, and how far the device's may be from it, in unit roundoffs. */
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
    // Of a term of degree i: i times what k has (constant, product, sum and quotient) and a step of Horner's scheme
    // (product and sum), and its coefficient's own rounding.
    polynomialError += Math.abs(coefficient) * power * ((index + 1) * (3 + DIVISION + 2) + 1);
  });
  const exponent = (d.value * d.value) / 2;
  const density = DENSITY * Math.exp(-exponent);
  // The exponent has 2, which its exponential multiplies by |x|; a constant and two products follow.
  const relative = exponential(exponent) + 2 * exponent + 3;
  const tail = density * polynomial;
  const error = density * (d.error + polynomialError) + tail * relative + 1;
  return { value: d.value > 0 ? 1 - tail : tail, error };
}

/** Volatility times a root. */
const SPREAD = SQRT_ULPS + 1;

/** log(price / strike) / spread and what belongs to it. */
function firstArgument(ratio: number, drift: number, spread: number): Bounded {
  const log = Math.log(ratio);
  const numerator = log + drift;
  const logError = DIVISION + Math.max(LOG_ERROR_NEAR_1 / UNIT_ROUNDOFF, LOG_ULPS * Math.abs(log));
  const error = logError + 4 * drift + Math.abs(numerator);
  const value = numerator / spread;
  return { value, error: error / spread + Math.abs(value) * (SPREAD + DIVISION) };
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
  const d2 = { value: d1.value - spread, error: d1.error + SPREAD * spread + Math.abs(d1.value - spread) };
  const [n1, n2] = [cumulative(d1), cumulative(d2)];
  const discounted = strike * Math.exp(-rate * years);
  // Of the exponential and its exponent, and the product with the strike.
  const discountedError = exponential(rate * years) + rate * years + 1;
  const call = price * n1.value - discounted * n2.value;
  const put = discounted * (1 - n2.value) - price * (1 - n1.value);
  const shared = price * n1.error + discounted * n2.error;
  const callError = price * n1.value + discounted * n2.value * (discountedError + 1) + call;
  // 1 - n rounds once more.
  const putError = price * (1 - n1.value) * 2 + discounted * (1 - n2.value) * (discountedError + 2) + put;
  return {
    call,
    put,
    callBound: UNIT_ROUNDOFF * (shared + callError),
    putBound: UNIT_ROUNDOFF * (shared + putError),
  };
}
