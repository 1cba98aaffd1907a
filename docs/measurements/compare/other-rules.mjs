// Rules of other tools, and tests that could have given the p-value, written down for comparison only.
import { median } from '../../../dist/stats/quantile.js';
import { standardDeviation } from '../../../dist/stats/standard-deviation.js';
import { studentUpperTail } from '../../../dist/stats/student-t.js';

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;
const all = (runs) => Float64Array.from(runs.flatMap((run) => [...run]));

/** Twice the tail of the normal distribution (Student's with a million degrees). */
const twoTails = (z) => 2 * studentUpperTail(Math.abs(z), 1e6);

/** hyperfine: the ratio of means with its propagated standard deviation; a difference where that excludes 1. */
export function hyperfineFinds(a, b) {
  const [x, y] = [all(a), all(b)];
  const ratio = mean(y) / mean(x);
  const error = ratio * Math.hypot(standardDeviation(x) / mean(x), standardDeviation(y) / mean(y));
  return Math.abs(ratio - 1) > error;
}

/** Welch's test on all iterations, as if each were independent. */
export function welchOnAllFinds(a, b) {
  const [x, y] = [all(a), all(b)];
  const error = Math.hypot(
    standardDeviation(x) / Math.sqrt(x.length),
    standardDeviation(y) / Math.sqrt(y.length),
  );
  return twoTails((mean(x) - mean(y)) / error) < 0.05;
}

/** Mann-Whitney's test (normal approximation) on all iterations, as if each were independent. */
export function ranksOnAllFinds(a, b) {
  const [x, y] = [all(a).sort(), all(b).sort()];
  const [n, m] = [x.length, y.length];
  let [above, i] = [0, 0];
  for (const value of y) {
    while (i < n && x[i] < value) i++;
    above += i;
  }
  return twoTails((above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)) < 0.05;
}

/** Of "the ratio lies within 1 ± floor": p of a difference of logarithms with its error, as src/stats/ratio-test.ts has it. */
function intervalNull(difference, error, degrees, floor) {
  const [low, high] = [Math.log1p(-floor), Math.log1p(floor)];
  const [beyond, opposite] =
    difference >= 0 ? [difference - high, difference - low] : [low - difference, high - difference];
  return studentUpperTail(beyond / error, degrees) + studentUpperTail(opposite / error, degrees);
}

/** Welch (trim 0) and Yuen (trim 0.2) on the logarithms of run medians. */
export function trimmedP(trim) {
  const part = (medians) => {
    const logs = medians.map(Math.log).sort();
    const cut = Math.floor(trim * logs.length);
    const kept = logs.slice(cut, logs.length - cut);
    const winsorized = logs.map((value) => Math.min(kept.at(-1), Math.max(kept[0], value)));
    const squares = standardDeviation(winsorized) ** 2 * (logs.length - 1);
    return {
      mean: mean(kept),
      variance: squares / kept.length / (kept.length - 1),
      degrees: kept.length - 1,
    };
  };
  return ({ medians, floor }) => {
    const [a, b] = medians.map(part);
    const variance = a.variance + b.variance;
    const degrees = variance ** 2 / (a.variance ** 2 / a.degrees + b.variance ** 2 / b.degrees);
    return intervalNull(b.mean - a.mean, Math.sqrt(variance), degrees, floor);
  };
}

/** The bootstrap's standard error of the logarithm of the ratio of medians, with the degrees of the smaller side. */
export function studentizedP({ medians, draws, floor }) {
  const error = Math.hypot(...draws.map((side) => standardDeviation(side.map(Math.log))));
  const difference = Math.log(median(medians[1]) / median(medians[0]));
  return intervalNull(difference, error, Math.min(...medians.map(({ length }) => length)) - 1, floor);
}

/** Twice the share of resamples on the other side of the noise floor. */
export function countedP({ draws, floor }) {
  const ratios = draws[1].map((value, i) => value / draws[0][i]);
  const above = ratios.filter((ratio) => ratio <= 1 + floor).length;
  const below = ratios.filter((ratio) => ratio >= 1 - floor).length;
  return Math.min(1, (2 * (Math.min(above, below) + 1)) / (ratios.length + 1));
}

/** Mann-Whitney's exact test on run medians, moved by the noise floor. */
export function exactRanksP({ medians: [a, b], floor }) {
  const upper = exactTail(
    a,
    b.map((value) => value / (1 + floor)),
  );
  const lower = exactTail(
    b.map((value) => value / (1 - floor)),
    a,
  );
  return Math.min(1, 2 * Math.min(upper, lower));
}

/** The probability that as many pairs as here, or more, have b above a. */
function exactTail(a, b) {
  let above = 0;
  for (const x of a) for (const y of b) above += y > x ? 1 : 0;
  const counts = pairCounts(a.length, b.length);
  return sum(counts.slice(above)) / sum(counts);
}

const known = new Map();

/** In how many orders of n and m values 0, 1, 2… pairs have the second above the first (Mann and Whitney 1947). */
function pairCounts(n, m) {
  if (n === 0 || m === 0) return [1];
  const key = `${n},${m}`;
  if (known.has(key)) return known.get(key);
  const counts = Array(n * m + 1).fill(0);
  pairCounts(n - 1, m).forEach((count, pairs) => {
    counts[pairs + m] += count;
  });
  pairCounts(n, m - 1).forEach((count, pairs) => {
    counts[pairs] += count;
  });
  known.set(key, counts);
  return counts;
}
