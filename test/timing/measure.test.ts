import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { measure, measureSync } from '../../src/timing/measure.ts';
import { probeTiming } from '../../src/timing/probe.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { spinNs } from '../../src/timing/spin.ts';
import { verdictA, verdictOf } from './verdicts.ts';

describe('measure() on this machine', () => {
  test('gives the value and the ledger of synchronous work', async () => {
    const found = await measure(() => {
      spinNs(3e7);
      return 'done';
    });
    expect(found.value).toBe('done');
    expect(found.wallNs).toBeGreaterThanOrEqual(3e7);
    if (!found.cpuNs.available || !found.runQueueNs.available || !found.stealAndBlockedNs.available) {
      throw new Error('the ledger is not available');
    }
    expect(found.cpuNs.value + found.runQueueNs.value).toBeGreaterThan(found.wallNs / 2);
    const sumNs = found.cpuNs.value + found.runQueueNs.value + found.stealAndBlockedNs.value;
    expect(sumNs).toBeCloseTo(found.wallNs, 0);
    expect(found.tier).toBe(probeTiming().verdict.tier);
    expect(found.warnings.map(({ code }) => code)).not.toContain('awaited');
  });

  test('counts the sleep of awaited work as blocked, and says so', async () => {
    // Long against what else this thread may have to do, or wait for, on a busy machine.
    const found = await measure(() => sleep(300, 'slept'));
    expect(found.value).toBe('slept');
    expect(found.wallNs).toBeGreaterThan(2.9e8);
    expect(found.stealAndBlockedNs.available && found.stealAndBlockedNs.value).toBeGreaterThan(5e7);
    expect(found.warnings).toContainEqual(expect.objectContaining({ code: 'awaited' }));
  });

  test('passes an error of the work on', async () => {
    await expect(
      measure(() => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    await expect(measure(() => Promise.reject(new Error('late')))).rejects.toThrow('late');
  });

  test('tells the sleep of a call from everything else, where context switches are recorded', async () => {
    const nap = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const { blockedNs, wallNs, correctedWallNs } = await measure(nap);
    if (!blockedNs.available) {
      expect(blockedNs.reason).toMatch(/\(.+\)$/);
      return;
    }
    expect(blockedNs.value).toBeGreaterThan(1.9e8);
    expect(blockedNs.value).toBeLessThanOrEqual(wallNs);
    if (correctedWallNs.available) expect(correctedWallNs.value.highNs).toBe(wallNs);
  });

  test('says on which CPUs the work began and ended, and what an empty span takes', async () => {
    const { cpu, overheadNs } = await measure(() => 1);
    expect(cpu.start).toBeGreaterThanOrEqual(-1);
    expect(cpu.end).toBeGreaterThanOrEqual(-1);
    expect(overheadNs).toBeGreaterThan(100);
    expect(overheadNs).toBeLessThan(1e7);
  });

  test('gives plain data', async () => {
    const found = await measure(() => 1);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe('measureSync()', () => {
  test('gives what measure gives, at once', () => {
    const found = measureSync(() => {
      spinNs(1e7);
      return 'done';
    });
    expect(found).toMatchObject({ value: 'done', cpuNs: { available: true } });
    expect(found.wallNs).toBeGreaterThanOrEqual(1e7);
  });

  test('refuses work that returns a promise, and names measure', () => {
    expect(() => measureSync(() => Promise.resolve(1))).toThrow('Cannot measure synchronous work');
  });

  test('passes an error of the work on, and can be used again', () => {
    expect(() =>
      measureSync(() => {
        throw new Error('broken');
      }),
    ).toThrow('broken');
    expect(measureSync(() => 2).value).toBe(2);
  });
});

describe('measure() on a simulated thread', () => {
  test('bounds injected steal, from what was charged to what the CPUs lost', async () => {
    const thread = simulateThread();
    const work = (): void => {
      thread.run(3000);
      thread.steal(500);
      thread.stealUnseen(200);
    };
    const found = await measure(work, { clock: thread.clock, verdict: verdictA });
    expect(found).toMatchObject({ wallNs: 3700, cpuNs: { value: 3200 }, tier: 'A' });
    if (!found.stealNs.available) throw new Error(found.stealNs.reason);
    expect(found.stealNs.value.lowNs).toBe(500);
    expect(found.stealNs.value.highNs).toBeGreaterThanOrEqual(thread.stolenNs());
  });

  test('has no steal to give in tiers C and D, and says why', async () => {
    for (const tier of ['C', 'D'] as const) {
      const thread = simulateThread();
      const found = await measure(() => thread.run(10), { clock: thread.clock, verdict: verdictOf(tier) });
      expect(found.stealNs).toEqual({ available: false, reason: `tier ${tier} in a test` });
      expect(found.warnings).toEqual([{ code: 'steal-unknown', message: `tier ${tier} in a test` }]);
    }
  });

  test('warns in tier E when time is lost', async () => {
    const thread = simulateThread();
    const found = await measure(() => thread.steal(900), { clock: thread.clock, verdict: verdictOf('E') });
    expect(found.warnings).toEqual([
      { code: 'ledger-violation', message: '900 ns are lost without a hypervisor' },
    ]);
  });

  test('warns when more was charged than /proc/stat can have counted', async () => {
    const thread = simulateThread();
    // Longer than this process has lived: no counter of this machine reaches it.
    const found = await measure(() => thread.steal(1e15), { clock: thread.clock, verdict: verdictA });
    expect(found.warnings).toContainEqual(expect.objectContaining({ code: 'steal-sources-disagree' }));
  });

  test('leaves a clock open that it was given', async () => {
    let closed = false;
    const { clock } = simulateThread();
    const watched = { ...clock, [Symbol.dispose]: () => (closed = true) };
    await measure(() => 1, { clock: watched, verdict: verdictA });
    expect(closed).toBe(false);
  });
});
