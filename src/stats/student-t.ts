// Tail probabilities of Student's t distribution with any number of degrees of freedom, small ones included: a correction
// over hundreds of cases asks for tails of one in a million. Pure numbers; knows nothing of tests.

/**
 * The probability that a variable with Student's t distribution lies above `t`.
 *
 * For t ≥ 0 it is half the regularized incomplete beta function I(ν/(ν+t²); ν/2, 1/2): M. Abramowitz and I. A. Stegun,
 * "Handbook of Mathematical Functions" (1964), 26.5.27 and 26.7.1.
 *
 * @param degrees Degrees of freedom, above 0; need not be whole.
 */
export function studentUpperTail(t: number, degrees: number): number {
  if (t < 0) return 1 - studentUpperTail(-t, degrees);
  if (t === Number.POSITIVE_INFINITY) return 0;
  // Of the two, the smaller is the one that keeps its digits.
  return incompleteBeta(degrees / (degrees + t * t), (t * t) / (degrees + t * t), degrees / 2) / 2;
}

/** I(x; a, 1/2), with y = 1 − x given apart, because it may be too small to be a difference. */
function incompleteBeta(x: number, y: number, a: number): number {
  const b = 0.5;
  const logFront =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * logOf(x, y) + (y === 0 ? 0 : b * Math.log(y));
  if (y === 0) return 1;
  // The fraction converges quickly on this side of the mean; 26.5.2 there.
  if (x < (a + 1) / (a + b + 2)) return (Math.exp(logFront) * betaFraction(x, a, b)) / a;
  return 1 - (Math.exp(logFront) * betaFraction(y, b, a)) / b;
}

/** log x, exact near x = 1 as well. */
function logOf(x: number, y: number): number {
  return y < 0.5 ? Math.log1p(-y) : Math.log(x);
}

/** Keeps a denominator of the fraction from being 0. */
const TINY = 1e-300;

/** The continued fraction 26.5.8 there, by the modified method of Lentz (Thompson and Barnett 1986). */
function betaFraction(x: number, a: number, b: number): number {
  const notZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return result;
}

/** log Γ(x) for x > 0: Stirling's series, 6.1.41 there, after raising x by 6.1.15 to where it is exact to 14 digits. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
