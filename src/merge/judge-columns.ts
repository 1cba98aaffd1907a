// How probable it is that a node of the fleet lies as far from the others as it does, for columns of one metric and nodes of one
// kind. Pure; knows neither cases nor nodes by name, and corrects for nothing: that is done over all of them together.
//
// Around the median every side of a column has a spread of its own, from its quartiles. How far tails reach beyond is told by
// Student's t distribution, whose degrees of freedom come from the same columns: a fleet whose healthy nodes are heavy-tailed must
// not have one of them called slow for it. Slow nodes are what is looked for, so that the tail of the slow side is read where it
// holds few of them (up to its 90th percentile), and the one of the fast side further out.
import { type HalfSpreads, halfSpreads } from '../stats/half-spread.ts';
import { sortedCopy } from '../stats/quantile.ts';
import { standardDeviation } from '../stats/standard-deviation.ts';
import { studentUpperTail } from '../stats/student-t.ts';
import { degreesOfRatio, MOST_DEGREES, tailRatio } from '../stats/tail-weight.ts';
import type { KnownValues } from './node-columns.ts';

/** A column, judged. */
export interface JudgedColumn extends Pick<HalfSpreads, 'center' | 'below' | 'above'> {
  /** By the place in the known values: two-sided, of lying so far off by chance; 1 where it is too near to matter. */
  readonly ps: Float64Array;
}

/** What is too near, and too narrow. */
export interface JudgeRules {
  /** The smallest spread that is believed. */
  readonly leastSpread: number;
  /** How far below and above the middle nothing matters. */
  readonly floor: { readonly below: number; readonly above: number };
}

/** Of the distances on a side: 0.95 is the 2.5th percentile of all, 0.8 the 90th. */
const SHARES = { fast: 0.95, slow: 0.8 } as const;

/** The variance of the logarithm of a tail ratio of a normal distribution, times the number of its distances. */
const VARIANCE = { fast: 1.75, slow: 1.11 } as const;
/** So many values on a side tell its tail as well by themselves as a prior does. */
const TELLING = 300;

/** The median absolute deviation takes three times as many values as the standard deviation to be as exact (Huber 1981). */
const EFFICIENCY = 0.37;

/** Enough to tell the tails of all columns together. */
const MOST_POOLED = 200_000;

/** A column with what is measured of it. */
interface Measured {
  readonly known: KnownValues;
  readonly spreads: HalfSpreads;
  readonly tails: Tails;
}

/** How far the sides reach, in units of their middle distance; NaN for one without values. */
export interface Tails {
  readonly fast: number;
  readonly slow: number;
  /** Distances on a side. */
  readonly values: number;
}

/** A side of a column. */
type Side = 'fast' | 'slow';

/**
 * Judges columns that have the same kind of tails.
 *
 * @param columns In logarithms, or in other units in which differences compare.
 * @param prior Tails where these columns are too few to tell; default: their own, all together.
 */
export function judgeColumns(
  columns: readonly KnownValues[],
  rules: JudgeRules,
  prior?: Tails,
): { readonly columns: readonly JudgedColumn[]; readonly tails: Tails } {
  const measured = columns.map((known): Measured => {
    const spreads = halfSpreads(sortedCopy(known.values), rules.leastSpread);
    return { known, spreads, tails: tailsOf([{ known, spreads }]) };
  });
  const tails = prior ?? tailsOf(measured);
  const weightOf: OwnWeight =
    prior === undefined ? ownWeight(measured) : (_, values) => values / (values + TELLING);
  const degrees = degreesBy(tails, weightOf);
  return { columns: measured.map((one) => judged(one, degrees, rules.floor)), tails };
}

function tailsOf(columns: readonly Pick<Measured, 'known' | 'spreads'>[]): Tails {
  const count = columns.reduce((sum, { known }) => sum + known.values.length, 0);
  const step = Math.max(1, Math.floor(count / MOST_POOLED));
  const [fast, slow]: [number[], number[]] = [[], []];
  for (const { known, spreads } of columns) {
    const reach = 5 * Math.min(spreads.below, spreads.above);
    for (let i = 0; i < known.values.length; i += step) {
      const distance = (known.values[i] as number) - spreads.center;
      if (distance < 0) fast.push(-distance / spreads.below);
      // Beyond that they were left aside as slow ones.
      else if (distance > 0 && distance <= reach) slow.push(distance / spreads.above);
    }
  }
  return {
    fast: tailRatio(fast, SHARES.fast),
    slow: tailRatio(slow, SHARES.slow),
    values: Math.min(fast.length, slow.length),
  };
}

/** How much of its own tail is believed of a column, by side. */
type OwnWeight = (side: Side, values: number) => number;

/**
 * As far as the tails of the columns differ by more than chance does, those of each are its own (empirical Bayes: B. Efron and C.
 * Morris, "Data Analysis Using Stein's Estimator and Its Generalizations", JASA 70, 1975).
 */
function ownWeight(columns: readonly Measured[]): OwnWeight {
  const between = { fast: varianceBetween(columns, 'fast'), slow: varianceBetween(columns, 'slow') };
  return (side, values) => {
    const variance = between[side];
    return variance === 0 ? 0 : variance / (variance + VARIANCE[side] / values);
  };
}

/** Of the logarithms of the ratios, without what chance adds, and without what it may add (a standard error of a variance). */
function varianceBetween(columns: readonly Measured[], side: Side): number {
  const told = columns.filter(({ tails }) => isTail(tails[side]));
  if (told.length < 2) return 0;
  const chance =
    told.reduce((sum, { known }) => sum + VARIANCE[side] / (known.values.length / 2), 0) / told.length;
  const most = chance * (1 + Math.sqrt(2 / (told.length - 1)));
  return Math.max(0, standardDeviation(told.map(({ tails }) => Math.log(tails[side]))) ** 2 - most);
}

function judged(
  { known, spreads, tails }: Measured,
  degrees: Degrees,
  floor: JudgeRules['floor'],
): JudgedColumn {
  const { center, below, above } = spreads;
  const count = known.values.length;
  const most = Math.max(2, Math.min(MOST_DEGREES, EFFICIENCY * (count - 1)));
  const fastDegrees = Math.min(most, degrees('fast', tails.fast, count / 2));
  const slowDegrees = Math.min(fastDegrees, degrees('slow', tails.slow, count / 2));
  // The narrower side may be so by chance.
  const both = (below + above) / 2;
  const ps = known.values.map((value) => {
    const isSlow = value > center;
    if (value >= center - floor.below && value <= center + floor.above) return 1;
    const spread = Math.max(both, isSlow ? above : below);
    return Math.min(
      1,
      2 * studentUpperTail(Math.abs(value - center) / spread, isSlow ? slowDegrees : fastDegrees),
    );
  });
  return { center, below, above, ps };
}

/** The degrees of freedom of a side with this ratio of its own, from so many values. */
type Degrees = (side: Side, own: number, values: number) => number;

/**
 * Tails are taken for heavier than those of a normal distribution as far as they are so by more than a standard error: chance
 * alone makes every other fleet look heavy, and nothing would be found in it.
 */
function degreesBy(all: Tails, weightOf: OwnWeight): Degrees {
  return (side, own, values) => {
    const share = SHARES[side];
    const shared = Math.log(all[side]) - Math.sqrt(VARIANCE[side] / all.values);
    if (!isTail(own)) return degreesOfRatio(Math.exp(shared), share);
    const weight = weightOf(side, values);
    return degreesOfRatio(Math.exp(weight * Math.log(own) + (1 - weight) * shared), share);
  };
}

/** There are columns without any spread, whose distances are all 0. */
function isTail(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > 0;
}
