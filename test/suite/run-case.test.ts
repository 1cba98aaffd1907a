// A whole case on simulated time: exact figures, injected steal, and faults that cannot be provoked.
import { describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { DeviceState, DeviceStateChange } from '../../src/device-state/device-state.ts';
import { compareElements } from '../../src/suite/verification.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';
import { DEVICE_NS, run, SUBMIT_NS, WAKE_UP_NS, world } from './simulated-world.ts';

const none = unavailable('not told');
const UNKNOWN_STATE = {
  computeClockHz: none,
  memoryClockHz: none,
  temperatureCelsius: none,
  powerWatts: none,
  throttleReasons: none,
  busyRatio: none,
};

describe('runCase()', () => {
  it('verifies before and after, and samples until the median is known', async () => {
    const { session } = world();
    const result = await run(session, { kind: 'latency' });
    expect(result).toMatchObject({
      run: 2,
      status: 'ok',
      verifiedBefore: 1,
      verifiedAfter: 1,
      iterations: 1,
      stopReason: 'converged',
    });
    expect(new Set(result.samples?.wallNs)).toEqual(new Set([SUBMIT_NS + DEVICE_NS + WAKE_UP_NS]));
    expect(new Set(result.samples?.submitNs)).toEqual(new Set([SUBMIT_NS]));
    expect(new Set(result.samples?.gpuNs)).toEqual(new Set([DEVICE_NS]));
    expect(result.samples?.queueNs[0]).toBeCloseTo(0, 0);
    expect(result.samples?.wakeUpNs[0]).toBeCloseTo(WAKE_UP_NS, 0);
  });

  it('accounts for blocking in the ledger, and does not take CPU time to be free of steal', async () => {
    const { session } = world();
    const { samples } = await run(session, { kind: 'latency' });
    expect(samples?.cpuNs[0]).toBe(SUBMIT_NS);
    expect(samples?.stealAndBlockedNs[0]).toBe(DEVICE_NS + WAKE_UP_NS);
    expect(samples?.voluntarySwitches[0]).toBe(1);
    expect(samples?.stealLowNs[0]).toBe(0);
    expect(samples?.stealHighNs[0]).toBeCloseTo(SUBMIT_NS + DEVICE_NS + WAKE_UP_NS, -3);
  });

  it('finds steal in a wait that did not block, to the nanosecond', async () => {
    const clock = world({ onWait: () => undefined });
    const stolen = { ...clock.session };
    const device = openSimulatedDevice({
      execute: (_, { buffers }) => {
        const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
        counter[0] = (counter[0] as number) + 1;
      },
      onSubmit: () => clock.thread.run(SUBMIT_NS),
      onWait: () => {
        clock.thread.run(100_000);
        clock.thread.steal(300_000);
        clock.thread.waitForCpu(50_000);
      },
    });
    const { samples, steal } = await run({ ...stolen, device }, { kind: 'latency' });
    expect(samples?.stealAndBlockedNs[0]).toBe(300_000);
    expect(samples?.runQueueNs[0]).toBe(50_000);
    expect(samples?.stealLowNs[0]).toBeCloseTo(300_000, -3);
    expect(steal.available && steal.value.totalNs).toBe(Math.floor(clock.thread.stolenNs() / 1e7) * 1e7);
  });

  it('repeats short work in one submission and counts every iteration', async () => {
    const { session } = world();
    const result = await run(session);
    expect(result.status).toBe('ok');
    expect(result.iterations).toBe(4);
    expect(new Set(result.samples?.gpuNs)).toEqual(new Set([4 * DEVICE_NS]));
  });

  it('never times a kernel whose result is wrong', async () => {
    const { session } = world({ execute: () => undefined });
    const result = await run(session);
    expect(result).toMatchObject({
      status: 'failed',
      samples: null,
      verifiedBefore: 0,
      failure: { kind: 'verification' },
    });
    expect(result.failure?.message).toContain('counter[0] is 0 and should be 1');
  });

  it('keeps the samples of a kernel that goes wrong while it is timed, and fails it', async () => {
    let calls = 0;
    const { session } = world({
      execute: (_, { buffers }) => {
        const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
        if (calls++ !== 20) counter[0] = (counter[0] as number) + 1;
      },
    });
    const result = await run(session, { kind: 'latency' });
    expect(result).toMatchObject({
      status: 'failed',
      verifiedBefore: 1,
      verifiedAfter: 0,
      failure: { kind: 'verification' },
    });
    expect(result.failure?.message).toContain('after timing');
    expect(result.samples?.wallNs.length).toBeGreaterThan(0);
  });

  it('does not take the output of the first check for that of what was timed', async () => {
    // A copy gives the same output every time: only the first execution writes it here.
    let calls = 0;
    const { session } = world({
      execute: (_, { buffers }) => {
        if (calls++ === 0) new Uint32Array((buffers.counter as Uint8Array).buffer)[0] = 7;
      },
    });
    const result = await run(session, {
      verify: (_, { outputs }) => compareElements('counter', outputs.counter as Uint32Array, () => 7),
    });
    expect(result).toMatchObject({ status: 'failed', verifiedBefore: 1, verifiedAfter: 0 });
    expect(result.failure?.message).toContain('after timing: counter[0] is 0 and should be 7');
  });

  it('keeps the samples that were taken before the device hung', async () => {
    let waits = 0;
    const { thread, session } = world({
      onWait: ({ iterations }) => {
        if (++waits === 250) throw new GuestmarkError('timeout', 'Cannot finish the submission: no signal');
        thread.block(iterations * DEVICE_NS);
      },
    });
    const wanted = { ...session.options, minTimeNs: 1e12, maxTimeNs: 1e12 };
    const result = await run({ ...session, options: wanted });
    expect(result).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
    expect(result.samples?.wallNs.length).toBeGreaterThan(50);
  });

  it('gives every wait what is left of the limit of the case', async () => {
    const limitsNs: number[] = [];
    const { session } = world();
    const record: typeof session.device.record = (request) => {
      const submission = session.device.record(request);
      const wait = submission.wait.bind(submission);
      submission.wait = (mode, limitNs) => {
        limitsNs.push(limitNs);
        wait(mode, limitNs);
      };
      return submission;
    };
    const result = await run({ ...session, device: { ...session.device, record } }, { kind: 'latency' });
    expect(limitsNs[0]).toBe(60e9 - SUBMIT_NS);
    const lastNs = result.samples?.startNs.at(-1) as number;
    expect(limitsNs.at(-1)).toBe(60e9 - lastNs - SUBMIT_NS);
  });

  it('ends a case that is slow at its limit, without giving up its device, and keeps its samples', async () => {
    const { session } = world();
    const options = { ...session.options, minTimeNs: 1e12, maxTimeNs: 1e12, timeoutNs: 2e9 };
    const result = await run({ ...session, options });
    expect(result.failure).toEqual({
      kind: 'timeout',
      message: 'Cannot finish the case within its limit of 2 s: the device answers, but too slowly',
      hint: expect.stringContaining('--timeout'),
    });
    expect(result.samples?.wallNs.length).toBeGreaterThan(100);
  });

  it('notes what goes wrong in closing, and keeps the result', async () => {
    const { session } = world();
    const record: typeof session.device.record = (request) => ({
      ...session.device.record(request),
      [Symbol.dispose]: () => {
        if (request.timestamps) throw new Error('the fence is in use');
      },
    });
    const result = await run({ ...session, device: { ...session.device, record } });
    expect(result).toMatchObject({ status: 'ok', notes: ['closing the case failed: the fence is in use'] });
  });

  it('reports a device that hangs as a timeout', async () => {
    const { session } = world({
      onWait: () => {
        throw new GuestmarkError('timeout', 'Cannot finish the submission: the device did not signal', {
          hint: 'wait longer',
        });
      },
    });
    expect((await run(session)).failure).toEqual({
      kind: 'timeout',
      message: expect.stringContaining('did not signal'),
      hint: 'wait longer',
    });
  });

  it('skips what the device cannot do, with the reason', async () => {
    const { session } = world();
    const result = await run(session, {
      verify: () => {
        throw new GuestmarkError('unsupported', 'Cannot create buffer "x": too large');
      },
    });
    expect(result).toMatchObject({ status: 'skipped', skipReason: 'Cannot create buffer "x": too large' });
  });

  it('tells where it stands, the verification after timing too', async () => {
    const phases: string[] = [];
    const breathe = async ({ phase }: { readonly phase: string }): Promise<void> => void phases.push(phase);
    const { session } = world({}, { breathe });
    const { samples } = await run(session);
    expect([...new Set(phases)]).toEqual(['preparing', 'warming up', 'sampling', 'verifying']);
    expect(phases.filter((phase) => phase === 'sampling')).toHaveLength((samples?.wallNs.length ?? 0) - 1);
  });

  it('reads the state of the device before the first sample and after the last, and at no other time', async () => {
    const { session, thread } = world();
    const readAtNs: number[] = [];
    const read = (): DeviceState => {
      readAtNs.push(thread.stamps.nowNs());
      return { ...UNKNOWN_STATE, costNs: readAtNs.length };
    };
    const watchDevice = (): (() => Available<DeviceStateChange>) => {
      const before = read();
      return () => available({ before, after: read() });
    };
    const clocks = { ...session.clocks, watchDevice };
    const { samples, deviceState } = await run({ ...session, clocks });
    expect(deviceState).toMatchObject({ value: { before: { costNs: 1 }, after: { costNs: 2 } } });
    const [first, last] = readAtNs;
    expect(readAtNs).toHaveLength(2);
    expect(first).toBeLessThanOrEqual(samples?.startNs[0] as number);
    expect(last).toBeGreaterThanOrEqual(
      (samples?.startNs.at(-1) as number) + (samples?.wallNs.at(-1) as number),
    );
  });

  it('keeps what it has when the user interrupts', async () => {
    let breaths = 0;
    const { session } = world({}, { interrupted: () => breaths > 70, breathe: async () => void breaths++ });
    const result = await run({
      ...session,
      options: { ...session.options, minTimeNs: 1e12, maxTimeNs: 1e12 },
    });
    expect(result).toMatchObject({ status: 'ok', stopReason: 'interrupted' });
    expect(result.samples?.wallNs.length).toBeGreaterThan(0);
  });

  it('gives no device times where the queue has no timestamps', async () => {
    const { thread, session } = world();
    const device = openSimulatedDevice({
      execute: (_, { buffers }) => {
        const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
        counter[0] = (counter[0] as number) + 1;
      },
      onWait: () => thread.block(1e6),
    });
    const { samples } = await run({ ...session, device }, { kind: 'latency' });
    expect(new Set(samples?.gpuNs)).toEqual(new Set([null]));
    expect(new Set(samples?.wakeUpNs)).toEqual(new Set([null]));
  });
});
