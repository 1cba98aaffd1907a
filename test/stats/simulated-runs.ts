// Sides with a known truth: what the Monte Carlo tests judge, and the generator of docs/measurements/compare/monte-carlo.mjs.
import type { Random } from '../../src/base/random.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

/** What a side is made of. */
export interface SimulatedSide {
  readonly runs: number;
  readonly samples?: number;
  /** The true level; default 1. */
  readonly level?: number;
  /** Standard deviation of the logarithms of the runs' own levels. */
  readonly runSpread: number;
  /** Share of runs that are 10 to 30 % slow. */
  readonly badRuns?: number;
}

/** Iterations are lognormal by 0.5 %; 5 % of them have a delay of at least 5 % with a Pareto tail of 1.5. */
export function simulatedSide(
  { runs, samples = 30, level = 1, runSpread, badRuns = 0 }: SimulatedSide,
  random: Random,
): Float64Array[] {
  return Array.from({ length: runs }, () => {
    const slow = random() < badRuns ? 1.1 + 0.2 * random() : 1;
    const own = level * slow * Math.exp(runSpread * randomNormal(random));
    return Float64Array.from({ length: samples }, () => {
      const delay = random() < 0.05 ? 0.05 * (1 - random()) ** (-1 / 1.5) : 0;
      return own * (Math.exp(0.005 * randomNormal(random)) + delay);
    });
  });
}
