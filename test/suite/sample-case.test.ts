import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { Session } from '../../src/suite/session.ts';
import { compareElements } from '../../src/suite/verification.ts';
import { DEVICE_NS, run, SUBMIT_NS, WAKE_UP_NS, world } from './simulated-world.ts';

describe('warmUp()', () => {
  it('warms a GPU up for 100 ms of work', async () => {
    const { session } = world();
    const gpu = { ...session.device, info: { ...session.device.info, software: false } };
    const { warmUpSubmissions } = await run({ ...session, device: gpu }, { kind: 'latency' });
    expect(warmUpSubmissions * (SUBMIT_NS + DEVICE_NS + WAKE_UP_NS)).toBeGreaterThanOrEqual(100e6);
    expect(warmUpSubmissions).toBeLessThan(110);
  });

  it('warms a software device up for half of that, and at least 64 times', async () => {
    const { warmUpSubmissions } = await run(world().session, { kind: 'latency' });
    expect(warmUpSubmissions).toBe(64);
  });

  it('ends the warm-up where the clocks stand still', async () => {
    let submissions = 0;
    const onSubmit = (): void => {
      if (++submissions > 20_000) throw new Error('the warm-up does not end');
    };
    const { session } = world({ onSubmit, onWait: () => undefined, deviceTicks: () => 0n });
    const clocks = { ...session.clocks, stamp: { ...session.clocks.stamp, nowNs: () => 0 } };
    const result = await run({ ...session, clocks }, { kind: 'latency' });
    expect(result).toMatchObject({ status: 'ok', warmUpSubmissions: 10_000 });
  });

  it.each([0, 1, 2])('decides how often to repeat by the median of warm submissions (%i)', async (phase) => {
    // Every third is slow by accident, in one of the phases the last of the warm-up.
    let count = phase;
    const { session } = world({
      deviceTicks: ({ iterations }) => BigInt(iterations * (count++ % 3 === 0 ? 40 : 1) * DEVICE_NS),
    });
    expect((await run(session)).iterations).toBe(4);
  });
});

describe('sampleCase()', () => {
  it('keeps the finished samples of the batch in which the device hung, and none that is unfilled', async () => {
    let [waits, hangsAt] = [0, Number.POSITIVE_INFINITY];
    const { thread, session } = world({
      onWait: () => {
        if (++waits === hangsAt)
          throw new GuestmarkError('timeout', 'Cannot finish the submission: no signal');
        thread.block(DEVICE_NS);
      },
    });
    // Latencies are taken in batches of 32: the device hangs in the 38th sample.
    const breathe: Session['breathe'] = async ({ phase, samples }) => {
      if (phase === 'sampling' && samples === 32) hangsAt = waits + 6;
    };
    const options = { ...session.options, minTimeNs: 1e12, maxTimeNs: 1e12 };
    const { status, samples } = await run({ ...session, breathe, options }, { kind: 'latency' });
    expect(status).toBe('failed');
    expect(samples?.wallNs).toEqual(Array(37).fill(SUBMIT_NS + DEVICE_NS));
    expect(Object.values(samples ?? {}).flat()).not.toContain(Number.NaN);
  });

  it('takes no more samples of an operation than it allows, and warms it up with no more', async () => {
    let operations = 0;
    const act = (): void => void operations++;
    const verify = (count: number) => compareElements('operations', [operations], [count]);
    const operation = () => ({ mostSamples: 37, calls: 0, run: act, reset: () => undefined, verify });
    const { session } = world();
    const options = { ...session.options, minTimeNs: 1e12, maxTimeNs: 1e12 };
    const result = await run({ ...session, options }, { kind: 'latency', operation });
    expect(result).toMatchObject({ status: 'ok', stopReason: 'max-samples', warmUpSubmissions: 37 });
    expect(result.samples?.wallNs).toHaveLength(37);
  });
});
