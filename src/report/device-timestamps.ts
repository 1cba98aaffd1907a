// Whether the device's timestamps can be true: work that took no time at all, or longer than its submission, did not
// happen between them. Reads the columns of the report; a pair in the wrong order shows as an absurdly long time.
import { formatNs } from '../base/units.ts';
import type { SampledRun } from './case-samples.ts';
import { formatPercent } from './percent.ts';

/**
 * The median of a case stands a few bad samples, such as those over which a virtual machine was moved; more of them are a
 * device whose clock does not tell.
 */
const MOST_WRONG = 0.01;
/** Two oscillators differ by less than 1 in 1000, a time daemon's slew of 500 ppm included. */
const CLOCK_RATE_ERROR = 1e-3;
/** Each timestamp is cut off to a whole tick. */
const TICKS = 2;

/**
 * What contradicts the timestamps of a case, in words; null where nothing does.
 *
 * @param periodNs Length of a tick, or null where it is not known.
 */
export function timestampProblem(runs: readonly SampledRun[], periodNs: number | null): string | null {
  const boundNs = TICKS * (periodNs ?? 0);
  let [known, equal, tooLong, worstNs] = [0, 0, 0, 0];
  for (const { samples } of runs) {
    samples.gpuNs.forEach((gpuNs, index) => {
      if (gpuNs === null) return;
      known++;
      const excessNs = gpuNs - (samples.wallNs[index] as number) * (1 + CLOCK_RATE_ERROR) - boundNs;
      if (gpuNs === 0) equal++;
      if (excessNs > 0) tooLong++;
      worstNs = Math.max(worstNs, excessNs);
    });
  }
  const share = (count: number): string => `in ${formatPercent(count / known)} of the samples`;
  const problems = [
    ...(equal > MOST_WRONG * known ? [`both timestamps are equal ${share(equal)}`] : []),
    ...(tooLong > MOST_WRONG * known
      ? [
          `the device time is longer than the wall time around it ${share(tooLong)}, by up to ${formatNs(worstNs)}`,
        ]
      : []),
  ];
  return problems.length === 0 ? null : problems.join('; ');
}
