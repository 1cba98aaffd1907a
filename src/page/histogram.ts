// How many values lie where on an axis, as an outline to be drawn. Knows nothing of what the values are.
import type { Scale } from './plot-scale.ts';

const BINS = 60;

/** Pixels below the outline, for marks on the axis. */
export const BELOW = 6;

/** The outline of the counts in equal parts of the axis, as steps, in a drawing of a height in pixels; the largest fills it. */
export function histogram(
  values: Iterable<number>,
  scale: Scale,
  height: number,
): readonly (readonly [number, number])[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    if (value > scale.high) continue;
    const bin = Math.min(BINS - 1, Math.floor((scale.at(value) / 100) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const most = Math.max(1, ...counts);
  const floor = height - BELOW;
  const points: [number, number][] = [[0, floor]];
  counts.forEach((count, bin) => {
    const y = floor - (count / most) * (floor - 3);
    points.push([(bin / BINS) * 100, y], [((bin + 1) / BINS) * 100, y]);
  });
  return [...points, [100, floor]];
}
