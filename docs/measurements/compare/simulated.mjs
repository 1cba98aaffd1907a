// Runs whose true level is known: what docs/comparison.md calls run effects, spikes and bad runs.
import { randomNormal } from '../../../dist/stats/random-gamma.js';

/**
 * A side of `runs` arrays of `samples` times. Iterations are lognormal by 0.5 %; 5 % of them have a delay of at least 5 % with a
 * Pareto tail of 1.5. `runSpread`: standard deviation of the runs' own levels; `badRuns`: share of runs that are 10 to 30 % slow.
 */
export function simulatedSide({ runs, samples = 30, level = 1, runSpread, badRuns = 0 }, random) {
  return Array.from({ length: runs }, () => {
    const slow = random() < badRuns ? 1.1 + 0.2 * random() : 1;
    const own = level * slow * Math.exp(runSpread * randomNormal(random));
    return Float64Array.from({ length: samples }, () => {
      const delay = random() < 0.05 ? 0.05 * (1 - random()) ** (-1 / 1.5) : 0;
      return own * (Math.exp(0.005 * randomNormal(random)) + delay);
    });
  });
}
