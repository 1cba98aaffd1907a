// Whether the device's timestamps can be true: work that took no time at all, or longer than its submission, did not
// happen between them. Such samples have no device time since version 1.5; in older reports a pair in the wrong order
// shows as an absurdly long time.
import { formatNs } from '../base/units.ts';
import type { TimestampFault } from '../suite/case-run.ts';
import { excessNs } from '../timing/device-interval.ts';
import { type SampledRun, sampleCount } from './case-samples.ts';
import { formatPercent } from './percent.ts';

/**
 * The median of a case stands a few bad samples, such as those over which a virtual machine was moved; more of them are a
 * device whose clock does not tell.
 */
const MOST_WRONG = 0.01;

/**
 * What contradicts the timestamps of a case so often that none is to be believed, in words; null where nothing does.
 *
 * @param periodNs Length of a tick, or null where it is not known.
 */
export function timestampProblem(runs: readonly SampledRun[], periodNs: number | null): string | null {
  const { equal, tooLong, worstNs, known } = wrongTimes(runs, periodNs ?? 0);
  const refused = refusedTimes(runs);
  const asked = known + refused.reduce((sum, { samples }) => sum + samples, 0);
  const share = (count: number): string => `in ${formatPercent(count / asked)} of the samples`;
  if (refused.length > 0 && asked - known > MOST_WRONG * asked)
    return refused.map(({ reason, samples }) => `${reason} ${share(samples)}`).join('; ');
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

/** Samples without a device time that are too few to put the others in doubt, in words; null where there are none. */
export function missingDeviceTimes(runs: readonly SampledRun[]): string | null {
  const refused = refusedTimes(runs);
  if (refused.length === 0) return null;
  const count = refused.reduce((sum, { samples }) => sum + samples, 0);
  const reasons = refused.map(({ reason, samples }) => `${reason} (${samples})`).join('; ');
  return `${count} of ${sampleCount(runs)} samples have no device time: ${reasons}`;
}

/** Over all runs, the most frequent first. */
function refusedTimes(runs: readonly SampledRun[]): readonly TimestampFault[] {
  const counts = new Map<string, number>();
  for (const { timestampFaults } of runs) {
    for (const { reason, samples } of timestampFaults)
      counts.set(reason, (counts.get(reason) ?? 0) + samples);
  }
  const faults = [...counts].map(([reason, samples]) => ({ reason, samples }));
  return faults.sort((left, right) => right.samples - left.samples);
}

/** Of the device times that are there: how many cannot be true. */
function wrongTimes(
  runs: readonly SampledRun[],
  periodNs: number,
): { known: number; equal: number; tooLong: number; worstNs: number } {
  let [known, equal, tooLong, worstNs] = [0, 0, 0, 0];
  for (const { samples } of runs) {
    samples.gpuNs.forEach((gpuNs, index) => {
      if (gpuNs === null) return;
      known++;
      const beyondNs = excessNs(gpuNs, samples.wallNs[index] as number, periodNs);
      if (gpuNs === 0) equal++;
      if (beyondNs > 0) tooLong++;
      worstNs = Math.max(worstNs, beyondNs);
    });
  }
  return { known, equal, tooLong, worstNs };
}
