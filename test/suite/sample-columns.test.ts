import { describe, expect, it } from 'vitest';
import type { SessionClocks } from '../../src/suite/session.ts';
import { DEVICE_NS, run, SUBMIT_NS, WAKE_UP_NS, world } from './simulated-world.ts';

const WALL_NS = SUBMIT_NS + DEVICE_NS + WAKE_UP_NS;

describe('sampleColumns()', () => {
  it('has the times of submitting apart, and the CPUs, where the ledger is read in between', async () => {
    const { samples } = await run(world().session, { kind: 'throughput' });
    expect(new Set(samples?.submitLedgerWallNs)).toEqual(new Set([SUBMIT_NS]));
    expect(new Set(samples?.submitCpuNs)).toEqual(new Set([SUBMIT_NS]));
    expect(new Set(samples?.endCpu)).toEqual(new Set([0]));
    expect(new Set(samples?.timeslices)).toEqual(new Set([1]));
  });

  it('does not lengthen a latency by reading in between', async () => {
    const { samples } = await run(world().session, { kind: 'latency' });
    expect(new Set(samples?.submitCpuNs)).toEqual(new Set([null]));
    expect(samples?.cpuNs[0]).toBe(SUBMIT_NS);
  });

  it('takes off steal of the submit call, and not what was stolen while the device worked', async () => {
    const stolen = 3e6;
    const { thread, session } = world({
      info: { software: false },
      onSubmit: () => {
        thread.run(SUBMIT_NS);
        thread.steal(stolen);
      },
    });
    const { samples } = await run(session, { kind: 'throughput' });
    const perSample = samples?.wallNs[0] as number;
    // 0.1 ms may have been behind the doorbell.
    expect(samples?.correctedHighNs[0]).toBeCloseTo(perSample - stolen + 100e3, -1);
    const hidden = world({
      info: { software: false },
      onWait: ({ iterations }) => hidden.thread.steal(iterations * DEVICE_NS + WAKE_UP_NS),
    });
    const columns = (await run(hidden.session, { kind: 'throughput' })).samples;
    const [lowNs, highNs, gpuNs] = [
      columns?.correctedLowNs[0] as number,
      columns?.correctedHighNs[0] as number,
      columns?.gpuNs[0] as number,
    ];
    expect(lowNs).toBeGreaterThanOrEqual(gpuNs);
    expect(highNs - lowNs).toBeLessThanOrEqual(WAKE_UP_NS + 10);
  });

  it('does not know how a software device would have fared, but for the time that its workers computed', async () => {
    // The waiting thread spins for all of the time, in which a worker computed for half a millisecond per iteration.
    let computedNs = 0;
    const { session, thread } = world({
      info: { software: true },
      onWait: ({ iterations }) => {
        computedNs += (iterations * DEVICE_NS) / 2;
        thread.run(iterations * DEVICE_NS);
      },
    });
    const workers: SessionClocks['workers'] = {
      threadIds: () => [1],
      rescan: () => undefined,
      release: () => undefined,
      leaveOut: () => undefined,
      newReading: () => ({
        wallNs: new Float64Array(1),
        stats: [{ cpuNs: 0, runQueueNs: 0, timeslices: 0 }],
        offCpu: [null],
      }),
      read: (into) => {
        into.wallNs[0] = thread.stamps.nowNs();
        (into.stats[0] as { cpuNs: number }).cpuNs = computedNs;
      },
      [Symbol.dispose]: () => undefined,
    };
    const { samples } = await run(
      { ...session, clocks: { ...session.clocks, workers } },
      { kind: 'throughput' },
    );
    expect(samples?.correctedHighNs[0]).toBe(samples?.wallNs[0]);
    expect(samples?.correctedLowNs[0]).toBe(samples?.busiestWorkerCpuNs[0]);
    expect(samples?.correctedLowNs[0]).toBeLessThan(samples?.cpuNs[0] as number);
    expect(samples?.correctedFloorNs[0]).toBe(0);
    const { samples: unknown } = await run(session, { kind: 'throughput' });
    expect(unknown?.correctedLowNs[0]).toBe(0);
  });

  it('leaves room for steal that the kernel charged as CPU time', async () => {
    // Kernels since 6.14 drop steal when another CPU wakes a task on the stolen one: it is in C then.
    const uncharged = 3e6;
    const { session, thread } = world({
      info: { software: false },
      onSubmit: () => thread.run(uncharged),
      onWait: ({ iterations }) => thread.run(iterations * DEVICE_NS),
    });
    const { samples } = await run(session, { kind: 'throughput' });
    expect(samples?.stealLowNs[0]).toBe(0);
    expect(samples?.stealHighNs[0]).toBeGreaterThanOrEqual(uncharged);
    expect(samples?.stealHighNs[0]).toBeLessThanOrEqual((samples?.ledgerWallNs[0] as number) + 10);
  });

  it('has the stamps and device times alone without the ledger', async () => {
    const { session } = world();
    const options = { ...session.options, ledger: false };
    const { samples, status } = await run({ ...session, options }, { kind: 'throughput' });
    expect(status).toBe('ok');
    expect(samples?.gpuNs[0]).toBeGreaterThan(0);
    expect(samples?.wallNs[0]).toBeGreaterThanOrEqual(WALL_NS);
    for (const name of ['ledgerWallNs', 'cpuNs', 'stealHighNs', 'correctedHighNs'] as const) {
      expect(new Set(samples?.[name]), name).toEqual(new Set([null]));
    }
  });

  it('leaves the correction out where steal is unknown', async () => {
    const { session } = world();
    const verdict = { ...session.clocks.verdict, tier: 'C' as const };
    const { samples } = await run({ ...session, clocks: { ...session.clocks, verdict } });
    expect(new Set(samples?.correctedHighNs)).toEqual(new Set([null]));
  });
});
