// A straight line through points whose errors grow with their values, as those of times do: a microsecond is much for a
// short one and nothing for a long one. Knows nothing of clocks.

/** The line y = intercept + slope × x. */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** A point; `y` is above 0. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The line with the least sum of squared relative residuals ((intercept + slope·x) / y − 1)²: least squares with the weights
 * 1 / y². See N. R. Draper and H. Smith, "Applied Regression Analysis" (3rd edition, 1998), section 9.2.
 *
 * @returns null where fewer than two points differ in `x`.
 */
export function relativeLine(points: readonly LinePoint[]): Line | null {
  let [w, wx, wy] = [0, 0, 0];
  for (const { x, y } of points) {
    const weight = 1 / (y * y);
    w += weight;
    wx += weight * x;
    wy += weight * y;
  }
  // Around the weighted mean, so that large numbers do not cancel.
  const [meanX, meanY] = [wx / w, wy / w];
  let [xx, xy] = [0, 0];
  for (const { x, y } of points) {
    const weight = 1 / (y * y);
    xx += weight * (x - meanX) ** 2;
    xy += weight * (x - meanX) * (y - meanY);
  }
  if (!(xx > 0)) return null;
  const slope = xy / xx;
  return { intercept: meanY - slope * meanX, slope };
}

/** Root mean square of the relative residuals, with the two degrees of freedom of the line taken off; NaN below three points. */
export function relativeResidual({ intercept, slope }: Line, points: readonly LinePoint[]): number {
  const squares = points.reduce((sum, { x, y }) => sum + ((intercept + slope * x) / y - 1) ** 2, 0);
  return points.length < 3 ? Number.NaN : Math.sqrt(squares / (points.length - 2));
}
