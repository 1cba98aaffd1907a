// Whole host cases on simulated time: what an operation may do, and what becomes of it.
import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { GuestmarkError } from '../../src/base/errors.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { defineHostBenchmark, type HostBenchmark } from '../../src/suite/host-benchmark.ts';
import type { MakeOperation, Operation } from '../../src/suite/operation.ts';
import { runCase } from '../../src/suite/run-case.ts';
import { compareElements } from '../../src/suite/verification.ts';
import { type World, world } from './simulated-world.ts';

const right = () => compareElements('one', [1], [1]);
const wrong = () => compareElements('signals', [3], [4]);

function runHost(
  { session }: World,
  operation: MakeOperation,
  parts: Partial<HostBenchmark> = {},
): Promise<CaseRun> {
  const benchmark = defineHostBenchmark({
    name: 'call',
    summary: 'Calls something',
    axes: {},
    suites: {},
    ...parts,
    operation,
  });
  return runCase(session, makeCase(benchmark, {}));
}

/** An operation of which no time passes. */
const FREE = { calls: 1, run: () => undefined, verify: right };

/** An operation that takes a time and is right. */
const taking = (clock: World, ns: number, parts: Partial<Operation> = {}): Operation => ({
  calls: 1,
  run: () => clock.thread.run(ns),
  verify: right,
  ...parts,
});

describe('measureOperation()', () => {
  it('times run and wait, tells them apart, and keeps the ledger of both', async () => {
    const clock = world();
    const result = await runHost(clock, () =>
      taking(clock, 3_000, { wait: () => clock.thread.block(60_000), calls: 2 }),
    );
    expect(result).toMatchObject({ status: 'ok', iterations: 1, stopReason: 'converged', waitMode: null });
    expect(new Set(result.samples?.wallNs)).toEqual(new Set([63_000]));
    expect(new Set(result.samples?.submitNs)).toEqual(new Set([3_000]));
    expect(new Set(result.samples?.cpuNs)).toEqual(new Set([3_000]));
    expect(new Set(result.samples?.voluntarySwitches)).toEqual(new Set([1]));
    expect(new Set(result.samples?.gpuNs)).toEqual(new Set([null]));
    expect(result.ownCost).toMatchObject({ available: true, value: { calls: 2, emptyNs: 0 } });
  });

  it('repeats what is short against the clock, and gives such a sample no submit time', async () => {
    const clock = world();
    const result = await runHost(clock, () => taking(clock, 1_000));
    expect(result.iterations).toBe(20);
    expect(new Set(result.samples?.wallNs)).toEqual(new Set([20_000]));
    expect(new Set(result.samples?.submitNs)).toEqual(new Set([null]));
  });

  it.each([
    ['must be put back', { reset: () => undefined }],
    ['is waited for', { wait: () => undefined }],
  ])('repeats nothing that %s', async (_, parts) => {
    const clock = world();
    const result = await runHost(clock, () => taking(clock, 1_000, parts));
    expect([result.status, result.iterations]).toEqual(['ok', 1]);
  });

  it.each([0, 1])('tells verify() how many operations there were, reset (%i) or not', async (resets) => {
    const clock = world();
    let ran = 0;
    let put = 0;
    const counts: number[] = [];
    const result = await runHost(clock, () => ({
      calls: 1,
      run: () => {
        ran++;
        clock.thread.run(700);
      },
      ...(resets === 1 ? { reset: () => void put++ } : {}),
      verify: (count) => {
        counts.push(count);
        return compareElements('operations', [ran, put], [count, resets * count]);
      },
    }));
    expect(result).toMatchObject({ status: 'ok', verifiedBefore: 2, verifiedAfter: 2 });
    expect(counts).toEqual([1, ran]);
  });

  it('never times what is wrong', async () => {
    const clock = world();
    const result = await runHost(clock, () => taking(clock, 1_000, { verify: wrong }));
    expect(result).toMatchObject({ status: 'failed', failure: { kind: 'verification' }, samples: null });
    expect(result.failure?.message).toContain('is wrong before timing: signals[0] is 3');
  });

  it('fails what is wrong afterwards', async () => {
    const clock = world();
    const result = await runHost(clock, () =>
      taking(clock, 1_000, { verify: (count) => (count === 1 ? right() : wrong()) }),
    );
    expect(result).toMatchObject({ status: 'failed', failure: { kind: 'verification' }, verifiedAfter: 0 });
    expect(result.failure?.message).toContain('wrong after timing');
  });

  it('fails what compares nothing', async () => {
    const clock = world();
    const result = await runHost(clock, () =>
      taking(clock, 1_000, { verify: () => ({ ok: true, checked: 0 }) }),
    );
    expect(result.status).toBe('failed');
    expect(result.failure?.message).toContain('compared nothing');
  });

  it('skips what this machine cannot do, with the reason, and fails on anything else', async () => {
    const skipped = await runHost(world(), () => {
      throw new GuestmarkError('unsupported', 'Cannot run call: the queue family has one queue');
    });
    expect(skipped).toMatchObject({
      status: 'skipped',
      skipReason: 'Cannot run call: the queue family has one queue',
      samples: null,
    });
    const failed = await runHost(world(), () => {
      throw new Error('no such file');
    });
    expect(failed).toMatchObject({ status: 'failed', failure: { kind: 'error' } });
    expect(failed.failure?.message).toContain('no such file');
  });

  it.each([
    [
      'rejects',
      async () => Promise.reject(new TypeError('no libc')),
      'operation() of the benchmark failed: no libc',
    ],
    ['gives nothing', () => undefined, 'operation() of the benchmark is wrong: it gives no object'],
    ['gives no verify()', () => ({ run: () => undefined, calls: 1 }), 'verify is missing'],
    ['waits by a promise', () => ({ ...FREE, wait: async () => undefined }), 'gives a promise'],
    [
      'gives one figure',
      () => ({ ...FREE, figures: () => ({}) }),
      'figures() of the benchmark is wrong: it gives no list',
    ],
  ])('says which case and which function is at fault when it %s', async (_, make, message) => {
    const { failure } = await runHost(world(), make as never, { lastsNs: () => 1e6 });
    expect(failure?.message).toContain(message);
    expect(failure?.message).toContain('Cannot run call: ');
  });

  it('skips by what the benchmark says it needs, before it makes the operation', async () => {
    let made = 0;
    const make = (): Operation => {
      made++;
      throw new Error('not reached');
    };
    const needs = await runHost(world(), make, { needs: ['VK_KHR_timeline_of_the_future'] });
    expect(needs.skipReason).toContain('the device lacks VK_KHR_timeline_of_the_future');
    const skips = await runHost(world(), make, { skips: () => 'it is Sunday' });
    expect(skips.skipReason).toContain('it is Sunday');
    const raw = await runHost(world(), (_, host) => ({
      ...make(),
      calls: host.vulkan().queue === 0n ? 0 : 1,
    }));
    expect(raw.status).toBe('failed');
    expect(made).toBe(1);
  });

  it('awaits the making, and skips raw Vulkan on a device that has none', async () => {
    const clock = world();
    const late = await runHost(clock, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return taking(clock, 30_000);
    });
    expect(late.status).toBe('ok');
    const raw = await runHost(clock, (_, { vulkan }) => {
      vulkan();
      return taking(clock, 1);
    });
    expect(raw).toMatchObject({ status: 'skipped', skipReason: expect.stringContaining('simulated') });
  });

  it('keeps what was sampled before an operation threw', async () => {
    const clock = world();
    let runs = 0;
    const result = await runHost(
      clock,
      () =>
        taking(clock, 0, {
          run: () => {
            if (++runs > 5_000)
              throw new GuestmarkError('timeout', 'Cannot wait for the fence: it was not signalled');
            clock.thread.run(30_000);
          },
          reset: () => undefined,
        }),
      { lastsNs: () => 1e9 },
    );
    expect(result).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
    expect(result.samples?.wallNs.length).toBeGreaterThan(100);
  });

  it('asks for the other figures once, after the last operation', async () => {
    const clock = world();
    let [runs, asked] = [0, 0];
    const figure = (value: number) => ({
      id: 'runs',
      label: 'operations that ran',
      unit: 'count' as const,
      estimate: available({ value, low: value, high: value }),
      method: 'counted',
    });
    const result = await runHost(clock, () =>
      taking(clock, 0, {
        run: () => {
          runs++;
          clock.thread.run(30_000);
        },
        figures: () => {
          asked++;
          return [figure(runs)];
        },
      }),
    );
    expect(asked).toBe(1);
    expect(result.figures).toEqual([figure(runs)]);
    const failing = await runHost(clock, () =>
      taking(clock, 30_000, {
        figures: () => {
          throw new Error('no number');
        },
      }),
    );
    expect(failing.failure?.message).toContain('figures()');
  });

  it.each([
    ['ends well', right],
    ['is wrong', wrong],
  ])('closes what the operation created when the case %s', async (_, verify) => {
    const clock = world();
    let closed = 0;
    await runHost(clock, (__, { scope }) => {
      scope.use({ [Symbol.dispose]: () => void closed++ });
      return taking(clock, 30_000, { verify });
    });
    expect(closed).toBe(1);
  });

  it('gives the operation until the end of its case', async () => {
    const clock = world();
    const deadlinesNs: number[] = [];
    await runHost(
      clock,
      (_, { deadlineNs }) => {
        deadlinesNs.push(deadlineNs);
        return taking(clock, 30_000);
      },
      { lastsNs: () => 7e6 },
    );
    expect(deadlinesNs).toEqual([60e9 + 7e6]);
  });
});
