// Round trips cut at the device's own start and end, which are placed on the clock of this machine between two readings of
// both clocks. Knows no submission.
import type { OperationFigure } from 'guestmark';
import { type Available, fitGpuTimeline } from 'guestmark/timing';
import type { DeviceTicks } from 'guestmark/vulkan';
import { type DeviceClock, pointOf } from './device-clock.ts';
import { distributionFigures, recentValues } from './recent-values.ts';

/** The ways of all round trips so far. */
export interface OneWayTimes {
  /**
   * Places a round trip between the last reading of the clocks and the one that it makes.
   *
   * @param submitNs The stamp before the submission, `waitEndNs` the one behind the wait, both of {@link DeviceClock.nowNs}.
   */
  place(ticks: Available<DeviceTicks>, submitNs: number, waitEndNs: number): void;
  placed(): number;
  /** Round trips that could not be placed. */
  unplaced(): number;
  /** Round trips with a way below zero or longer than themselves, beyond the uncertainty. */
  contradictions(): number;
  figures(): readonly OperationFigure[];
}

export function oneWayTimes(clock: DeviceClock): OneWayTimes {
  const dispatches = recentValues();
  const completions = recentValues();
  let [uncertaintyNs, contradictions, unplaced] = [0, 0, 0];
  let before = pointOf(clock);
  return {
    place: (ticks, submitNs, waitEndNs) => {
      clock.read();
      const after = pointOf(clock);
      const timeline = fitGpuTimeline(before, after, clock.counter);
      before = after;
      if (!timeline.available || !ticks.available) {
        unplaced++;
        return;
      }
      const begin = timeline.value.place(ticks.value.begin, submitNs);
      const end = timeline.value.place(ticks.value.end, waitEndNs);
      const slackNs = Math.max(begin.uncertaintyNs, end.uncertaintyNs);
      const ways = [begin.cpuNs - submitNs, waitEndNs - end.cpuNs] as const;
      const mostNs = waitEndNs - submitNs + slackNs;
      if (Math.min(...ways) < -slackNs || Math.max(...ways) > mostNs) contradictions++;
      uncertaintyNs = Math.max(uncertaintyNs, slackNs);
      dispatches.add(ways[0]);
      completions.add(ways[1]);
    },
    placed: dispatches.count,
    unplaced: () => unplaced,
    contradictions: () => contradictions,
    figures: () => [
      ...distributionFigures(
        dispatches,
        {
          id: 'dispatch',
          label: 'one way to the device',
          method: `from the stamp before vkQueueSubmit to the first timestamp; ${clock.method}`,
        },
        uncertaintyNs,
      ),
      ...distributionFigures(
        completions,
        {
          id: 'completion',
          label: 'one way back',
          method: `from the second timestamp to the stamp behind the wait; ${clock.method}`,
        },
        uncertaintyNs,
      ),
    ],
  };
}
