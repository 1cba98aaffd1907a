// What a short submission waits for while a long one is at work elsewhere: the operation on two works, wherever they go.
import { allOf, type HostContext, type Operation, type OperationFigure } from 'guestmark';
import { quartiles } from './quartiles.ts';
import type { QueuedWork, WorkRequest } from './queued-work.ts';
import { exactly, known } from './recent-values.ts';

/** Until the device has begun with the long work. */
const HEAD_START_NS = 1e6;
const TRIALS = 20;
/** Long against any latency, short against the watchdogs of drivers. */
const LONG_NS = 50e6;
const MOST_DISPATCHES = 64;

/** As many dispatches in a submission as take some 50 ms, by the time of one. */
export function longDispatches(oneNs: number): WorkRequest['dispatches'] {
  return Math.min(MOST_DISPATCHES, Math.max(1, Math.round(LONG_NS / oneNs)));
}

/** How long the work takes now, with nothing beside it. */
export function timeOnce(work: QueuedWork, { stamp }: Pick<HostContext, 'stamp'>): number {
  const startNs = stamp.nowNs();
  work.runOnce();
  return stamp.nowNs() - startNs;
}

/** Times `short` while `long` is under way; given the same queue twice, the short one waits for the long one. */
export function priorityOperation(
  { short, long }: { readonly short: QueuedWork; readonly long: QueuedWork },
  host: Pick<HostContext, 'stamp'>,
): Operation {
  const aloneNs = Array.from({ length: TRIALS }, () => timeOnce(short, host));
  const longNs = timeOnce(long, host);
  let samples = 0;
  let ahead = 0;
  const begin = (): void => {
    long.submit();
    const untilNs = host.stamp.nowNs() + HEAD_START_NS;
    while (host.stamp.nowNs() < untilNs);
  };
  const end = (): void => {
    long.wait();
    long.reset();
  };
  begin();
  return {
    calls: 2,
    run: short.submit,
    wait: short.wait,
    reset: () => {
      samples++;
      if (!long.hasEnded()) ahead++;
      short.reset();
      end();
      begin();
    },
    verify: () => {
      end();
      const both = allOf(short.verify(), long.verify());
      begin();
      return both;
    },
    figures: () => priorityFigures({ aloneNs, longNs, share: ahead / samples }),
  };
}

function priorityFigures({
  aloneNs,
  longNs,
  share,
}: {
  readonly aloneNs: readonly number[];
  readonly longNs: number;
  readonly share: number;
}): readonly OperationFigure[] {
  return [
    {
      id: 'ahead',
      label: 'short submissions that ended before the long one',
      unit: 'ratio',
      estimate: exactly(share),
      method:
        'Of all samples, those behind which the fence of the long submission was not signalled yet: 1 where the short one never had to wait for it.',
    },
    {
      id: 'alone',
      label: 'the short submission with nothing beside it',
      unit: 'ns',
      estimate: known(quartiles(aloneNs)),
      method: `Before the samples, ${TRIALS} times: from before vkQueueSubmit to after the wait. Median and quartiles.`,
    },
    {
      id: 'long',
      label: 'the long submission with nothing beside it',
      unit: 'ns',
      estimate: exactly(longNs),
      method: 'Before the samples, once: from before vkQueueSubmit to after the wait.',
    },
  ];
}
