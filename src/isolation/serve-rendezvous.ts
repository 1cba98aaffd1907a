// A process's side of a rendezvous: tells the parent that it is warm, waits for the word to go on, and says afterwards when its
// samples were on the clock that all processes of the machine share. Knows no other process.
import type { Rendezvous } from '../suite/rendezvous.ts';
import type { Session } from '../suite/session.ts';
import type { ChildChannel } from './child-channel.ts';
import type { RendezvousRequest } from './protocol.ts';

/** The rendezvous of a process whose samples are timed by the clocks of `session`. */
export function rendezvousOf(
  channel: ChildChannel,
  { spanNs }: RendezvousRequest,
  { clocks, epochNs }: Pick<Session, 'clocks' | 'epochNs'>,
): Rendezvous {
  let verifiedNs: number | null = null;
  let scale: ReturnType<typeof sharedScale> | null = null;
  return {
    spanNs,
    verified: () => {
      verifiedNs = monotonicNs();
    },
    meet: async (id) => {
      await channel.sendAndAwait({ type: 'at-rendezvous', id, verifiedNs });
      scale = sharedScale(clocks.stamp.nowNs);
    },
    sampled: (id, span) => {
      const { offsetNs, errorNs } = scale ?? sharedScale(clocks.stamp.nowNs);
      void channel.send({
        type: 'span-sampled',
        id,
        ...span,
        epochNs: epochNs + offsetNs,
        epochErrorNs: errorNs,
      });
    },
  };
}

/** CLOCK_MONOTONIC, which libuv reads for Node; a number holds it to 2 ns for half a year since boot. */
function monotonicNs(): number {
  return Number(process.hrtime.bigint());
}

/**
 * From the stamp clock to CLOCK_MONOTONIC, read between two of its readings. Where the stamp clock is CLOCK_MONOTONIC_RAW the two
 * drift apart by what the time daemon slews, at most 0.5 µs in a ms: far less than a sample where a span is some seconds.
 */
function sharedScale(nowNs: () => number): { readonly offsetNs: number; readonly errorNs: number } {
  const beforeNs = monotonicNs();
  const stampNs = nowNs();
  const afterNs = monotonicNs();
  return { offsetNs: (beforeNs + afterNs) / 2 - stampNs, errorNs: (afterNs - beforeNs) / 2 };
}
