// How far queues work side by side: the same work on each of them at once, and alone on one.
import {
  allOf,
  type FigureEstimate,
  type HostContext,
  type Operation,
  type OperationFigure,
} from 'guestmark';
import { quartiles, ratioOf } from './quartiles.ts';
import type { QueuedWork } from './queued-work.ts';
import { known, recentValues } from './recent-values.ts';

/** The operation on the works of the queues, all alike; given the same queue twice it shows no overlap. */
export function overlapOperation(
  works: readonly QueuedWork[],
  { stamp }: Pick<HostContext, 'stamp'>,
): Operation {
  const together = recentValues();
  const alone = recentValues();
  let startNs = 0;
  let endNs = 0;
  let turn = 0;
  return {
    // Two for each, and a stamp before and behind all.
    calls: 2 * works.length + 2,
    run: () => {
      startNs = stamp.nowNs();
      for (const work of works) work.submit();
    },
    wait: () => {
      for (const work of works) work.wait();
      endNs = stamp.nowNs();
    },
    reset: () => {
      together.add(endNs - startNs);
      for (const work of works) work.reset();
      const one = works[turn++ % works.length] as QueuedWork;
      const beforeNs = stamp.nowNs();
      one.runOnce();
      alone.add(stamp.nowNs() - beforeNs);
    },
    verify: () => allOf(...works.map((work) => work.verify())),
    figures: () => overlapFigures(works.length, alone.sorted(), together.sorted()),
  };
}

/** Pure: what the times of all and of one say. */
export function overlapFigures(
  queues: number,
  aloneNs: ArrayLike<number>,
  togetherNs: ArrayLike<number>,
): readonly OperationFigure[] {
  const [one, all] = [quartiles(aloneNs), quartiles(togetherNs)];
  return [
    {
      id: 'overlap',
      label: `overlap of ${queues} queues`,
      unit: 'ratio',
      estimate: ratioOf(times(one, queues), all),
      method: `${queues} times the time of the work on one queue alone, divided by the time of the same work on each of ${queues} queues at once: 1 where they take turns, ${queues} where they run side by side. Medians; the bounds are what the quartiles allow.`,
    },
    {
      id: 'alone',
      label: 'the work on one queue alone',
      unit: 'ns',
      estimate: known(one),
      method:
        'Between the samples, on one queue after another: from before vkQueueSubmit to after the wait. Median and quartiles.',
    },
  ];
}

function times({ value, low, high }: FigureEstimate, factor: number): FigureEstimate {
  return { value: value * factor, low: low * factor, high: high * factor };
}
