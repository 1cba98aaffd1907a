// How much of what was sampled the machine stood still for no reason that a counter shows. A stall belongs to the
// samples by time: the watch runs on another CPU, so that it hit them too is likely and not certain. Pure.
import type { SampledRun } from './case-samples.ts';

/** Unattributed stalls within samples. Times in ns. */
export interface StallsInSamples {
  readonly count: number;
  /** Of the stalls, as far as they lie within samples. */
  readonly withinNs: number;
  readonly longestNs: number;
  /** Of all samples of the runs that were watched. */
  readonly sampledNs: number;
}

/** Looks for unattributed stalls in the samples of all runs; null where none was watched. */
export function stallsInSamples(runs: readonly SampledRun[]): StallsInSamples | null {
  const found = { count: 0, withinNs: 0, longestNs: 0, sampledNs: 0 };
  let isWatched = false;
  for (const { stalls, samples } of runs) {
    if (!stalls.available) continue;
    isWatched = true;
    found.sampledNs += samples.wallNs.reduce((sum, wallNs) => sum + wallNs, 0);
    for (const { cause, startNs, durationNs } of stalls.value) {
      const withinNs = cause === 'unattributed' ? sampledWithin(samples, startNs, startNs + durationNs) : 0;
      if (withinNs === 0) continue;
      found.count++;
      found.withinNs += withinNs;
      found.longestNs = Math.max(found.longestNs, durationNs);
    }
  }
  return isWatched ? found : null;
}

/** How much of a span was within samples. */
function sampledWithin({ startNs, wallNs }: SampledRun['samples'], fromNs: number, toNs: number): number {
  return startNs.reduce((sum, sampleNs, i) => {
    const endNs = sampleNs + (wallNs[i] as number);
    return sum + Math.max(0, Math.min(endNs, toNs) - Math.max(sampleNs, fromNs));
  }, 0);
}
