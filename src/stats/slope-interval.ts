// Which straight lines pass through points that are known within bounds. No estimate and no
// distribution: hard bounds in, hard bounds out. Knows nothing of clocks.

/** A point whose `y` is known to ± `bound`. */
export interface BoundedPoint {
  readonly x: number;
  readonly y: number;
  readonly bound: number;
}

/** All slopes between two, both included. */
export interface SlopeInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * The slopes of all straight lines that pass through the bounds of every point; null where no line does.
 * Unbounded where no two points differ in `x`.
 *
 * For a given slope s a line exists when the intervals y − s·x ± bound have a common element, and intervals on a
 * line have one when every two of them do (Helly). So every pair of points limits the slope, and nothing else does.
 */
export function slopeInterval(points: readonly BoundedPoint[]): SlopeInterval | null {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let later = 1; later < points.length; later++) {
    const b = points[later] as BoundedPoint;
    for (let earlier = 0; earlier < later; earlier++) {
      const a = points[earlier] as BoundedPoint;
      const span = b.x - a.x;
      if (span === 0) continue;
      const reach = (a.bound + b.bound) / Math.abs(span);
      const slope = (b.y - a.y) / span;
      low = Math.max(low, slope - reach);
      high = Math.min(high, slope + reach);
    }
  }
  return low <= high ? { low, high } : null;
}
