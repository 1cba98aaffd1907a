// A course of values as one line of text. Knows nothing of what they are.
import { median } from '../stats/quantile.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** What differs by less shall not look like hills and valleys: one bar is at least a hundredth of the lowest value. */
const LEAST_STEP = 0.01;

/**
 * Bars between the lowest and the highest value.
 *
 * @param width At least 1; more values than that are put together by their median.
 */
export function sparkline(values: readonly number[], width: number): string {
  const shown = shortened(values, width);
  const low = Math.min(...shown);
  const step = Math.max((Math.max(...shown) - low) / (BARS.length - 1), LEAST_STEP * Math.abs(low));
  return shown.map((value) => BARS[step > 0 ? Math.round((value - low) / step) : 0]).join('');
}

function shortened(values: readonly number[], width: number): readonly number[] {
  if (values.length <= width) return values;
  return Array.from({ length: width }, (_, i) =>
    median(
      values.slice(
        Math.floor((i * values.length) / width),
        Math.max(Math.floor(((i + 1) * values.length) / width), Math.floor((i * values.length) / width) + 1),
      ),
    ),
  );
}
