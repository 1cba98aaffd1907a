// The slope of points among which some lie far off, as times on a shared machine do: no assumption about how they are
// distributed, and no single point can move it. Knows nothing of clocks.
import { quantileOfSorted } from './quantile.ts';

/** A slope with the interval in which it lies. */
export interface RobustSlope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/** A point. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964;

/**
 * The median of the slopes between all pairs of points, with a 95 % interval from the distribution of Kendall's tau: P. K. Sen,
 * "Estimates of the Regression Coefficient Based on Kendall's Tau" (Journal of the American Statistical Association 63, 1968);
 * M. Hollander and D. A. Wolfe, "Nonparametric Statistical Methods" (2nd edition, 1999), section 9.3. The interval takes the
 * errors of the points to be independent.
 *
 * @param points Of different `x`; all pairs are formed, so some hundreds at most.
 * @returns null below three points.
 */
export function theilSen(points: readonly Point[]): RobustSlope | null {
  const n = points.length;
  if (n < 3) return null;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  points.forEach((b, later) => {
    for (const a of points.slice(0, later)) slopes[at++] = (b.y - a.y) / (b.x - a.x);
  });
  slopes.sort();
  const reach = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const lower = Math.max(0, Math.floor((slopes.length - reach) / 2) - 1);
  return {
    slope: quantileOfSorted(slopes, 0.5),
    low: slopes[lower] as number,
    high: slopes[slopes.length - 1 - lower] as number,
  };
}
