// Many tests of which some may be true: how large a share of false ones to expect among those that are believed. Pure numbers.

/** A test that did not give p = 1. */
export interface WeightedTest {
  readonly p: number;
  /** How much of the whole is spent on it; the weights of all tests, those with p = 1 included, have the mean 1. */
  readonly weight: number;
}

/**
 * Adjusted p-values of the step-up procedure of Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate" (Journal of
 * the Royal Statistical Society B 57, 1995): believing those at or below α makes the expected share of false ones among them no
 * larger than α, for independent tests and for tests that depend on each other positively (Benjamini and Yekutieli 2001). Weighted
 * as by C. Genovese, K. Roeder and L. Wasserman, "False Discovery Control with p-Value Weighting" (Biometrika 93, 2006).
 *
 * @param tests Those with p below 1; the others change no result.
 * @param count Of all tests.
 * @returns In the same order; at most 1. The least of them is the p-value of Simes for all tests together.
 */
export function falseDiscoveryAdjusted(tests: readonly WeightedTest[], count: number): number[] {
  const weighed = tests.map(({ p, weight }) => p / weight);
  const order = weighed
    .map((_, index) => index)
    .sort((a, b) => (weighed[b] as number) - (weighed[a] as number));
  const adjusted: number[] = Array(tests.length).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    const rank = tests.length - place;
    least = Math.min(least, ((weighed[index] as number) * count) / rank);
    adjusted[index] = least;
  });
  return adjusted;
}
