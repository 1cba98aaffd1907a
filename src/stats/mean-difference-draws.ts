// Resampled differences of the means of two groups of runs, for many columns at once: what was drawn together stays together,
// and hundreds of runs stay affordable. Numbers only; knows nothing of what the columns are.
import { seededRandom } from '../base/random.ts';

/** Numbers by column and run; NaN where a run has none, which counts as the mean of the others. */
export type RunColumns = readonly Float64Array[];

/** How many values a call may draw in all: more runs get fewer resamples. */
const DRAWN_VALUES = 200_000;
const LEAST_RESAMPLES = 200;

/**
 * By column, how far the difference of means (second less first) lies from the observed one in resamples over the runs of
 * each group: a percentile bootstrap (Davison and Hinkley 1997, section 5.3), ascending. Deviations are widened by √(n / (n − 1)),
 * because resamples of n runs vary less than runs do. A group of one run does not vary, and nothing is known of its spread.
 *
 * @param first At least one column; all of a group have one length, which is not 0.
 */
export function meanDifferenceDraws(
  first: RunColumns,
  second: RunColumns,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): readonly Float64Array[] {
  const groups = [deviations(first, -1), deviations(second, 1)];
  const width = first.length;
  const values = groups.reduce((sum, { runs }) => sum + runs * width, 0);
  const count = Math.max(LEAST_RESAMPLES, Math.min(resamples, Math.ceil(DRAWN_VALUES / values)));
  const random = seededRandom(seed);
  const draws = first.map(() => new Float64Array(count));
  const sums = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    sums.fill(0);
    for (const { runs, rows } of groups) addResample(sums, rows, runs, random);
    for (let k = 0; k < width; k++) (draws[k] as Float64Array)[i] = sums[k] as number;
  }
  return draws.map((column) => column.sort());
}

/** The mean of the runs that have a value; NaN where none has. */
export function meanOfKnown(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function addResample(sums: Float64Array, rows: Float64Array, runs: number, random: () => number): void {
  const width = sums.length;
  for (let drawn = 0; drawn < runs; drawn++) {
    const at = Math.floor(random() * runs) * width;
    for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + (rows[at + k] as number);
  }
}

/** Signed distances to the mean over the number of runs, run by run. */
function deviations(columns: RunColumns, sign: number): { runs: number; rows: Float64Array } {
  const runs = columns[0]?.length ?? 0;
  const rows = new Float64Array(runs * columns.length);
  const scale = runs > 1 ? (sign * Math.sqrt(runs / (runs - 1))) / runs : 0;
  columns.forEach((column, k) => {
    const mean = meanOfKnown(column);
    for (let run = 0; run < runs; run++) {
      const value = column[run] as number;
      rows[run * columns.length + k] = Number.isNaN(value) ? 0 : scale * (value - mean);
    }
  });
  return { runs, rows };
}
