import { expect, it } from 'vitest';
import type { ChildChannel } from '../../src/isolation/child-channel.ts';
import type { ChildMessage } from '../../src/isolation/protocol.ts';
import { rendezvousOf } from '../../src/isolation/serve-rendezvous.ts';
import { world } from '../suite/simulated-world.ts';

it('a process waits until it is let go, and then says when its samples were on the clock of all', async () => {
  const sent: ChildMessage[] = [];
  let goOn = (): void => undefined;
  const channel: ChildChannel = {
    send: async (message) => void sent.push(message),
    sendAndAwait: (message) => {
      sent.push(message);
      return new Promise((resolve) => {
        goOn = resolve;
      });
    },
    work: new Promise(() => undefined),
    stopRequested: () => false,
  };
  const { clocks } = world().session;
  // A stamp clock that began some time ago, as they do.
  const beganNs = Number(process.hrtime.bigint()) - 5e9;
  const stamp = { ...clocks.stamp, nowNs: () => Number(process.hrtime.bigint()) - beganNs };
  const rendezvous = rendezvousOf(channel, { spanNs: 2e9 }, { clocks: { ...clocks, stamp }, epochNs: 1e9 });
  rendezvous.verified();
  let isGone = false;
  const meeting = rendezvous.meet('copy').then(() => {
    isGone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isGone).toBe(false);
  expect(sent).toEqual([{ type: 'at-rendezvous', id: 'copy', verifiedNs: expect.any(Number) }]);
  goOn();
  await meeting;
  rendezvous.sampled('copy', { submissionsPerSample: 3 });
  expect(sent.at(-1)).toMatchObject({ type: 'span-sampled', id: 'copy', submissionsPerSample: 3 });
  const { epochNs, epochErrorNs } = sent.at(-1) as { epochNs: number; epochErrorNs: number };
  // Known as well as the two clocks can be read one after the other.
  expect(Math.abs(epochNs - (beganNs + 1e9))).toBeLessThanOrEqual(epochErrorNs + 1e3);
  expect(epochErrorNs).toBeGreaterThan(0);
});
