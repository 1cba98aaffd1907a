// On simulated threads, whose steal is known whether their kernel saw it or not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { type CaseSteal, caseSteal } from '../../src/timing/case-steal.ts';
import type { TierVerdict } from '../../src/timing/ledger-rules.ts';
import { describeMeasurement, type Measurement, type Readings } from '../../src/timing/measurement.ts';
import { emptyOffCpu, openOffCpuLedger } from '../../src/timing/off-cpu.ts';
import {
  type SimulatedThread,
  type SimulatedThreadOptions,
  simulateThread,
} from '../../src/timing/snapshot-simulated.ts';
import { verdictA, verdictOf } from './verdicts.ts';

const TICK_NS = 1e7;

interface Setting extends SimulatedThreadOptions {
  readonly verdict?: TierVerdict;
  readonly awaited?: boolean;
  readonly recordsSwitches?: boolean;
  readonly throttledNs?: number;
}

interface Measured {
  readonly found: Measurement<null>;
  readonly stolenNs: number;
}

/** Measures a simulated thread as measure() does, on a CPU whose /proc/stat is right. */
function measured(spend: (thread: SimulatedThread) => void, setting: Setting = {}): Measured {
  const thread = simulateThread({ widthNs: 100, ...setting });
  const [from, to] = [thread.clock.newSnapshot(), thread.clock.newSnapshot()];
  const ledger = openOffCpuLedger(0, 'on');
  const span = emptyOffCpu();
  thread.clock.take(from);
  ledger.endSpan(thread.stamps.nowNs(), thread.drain, span);
  spend(thread);
  thread.clock.take(to);
  ledger.endSpan(thread.stamps.nowNs(), thread.drain, span);
  const bias = { perBlockNs: 0, lowNs: 0, highNs: 0, waits: 10 };
  const readings: Readings = {
    from,
    to,
    traits: thread.clock,
    verdict: setting.verdict ?? verdictA,
    offCpu:
      setting.recordsSwitches === true
        ? available({ offCpu: span, bias, rateError: 0 })
        : unavailable('not recorded in a test'),
    countedSteal: () => available(counted(thread.stolenNs())),
    throttledNs: available(setting.throttledNs ?? 0),
    awaited: setting.awaited ?? false,
    pinned: true,
    overheadNs: 100,
  };
  return { found: describeMeasurement(null, readings), stolenNs: thread.stolenNs() };
}

/** What /proc/stat shows of so much steal: ticks, rounded down. */
function counted(stolenNs: number): CaseSteal {
  return caseSteal(new Map([[0, 0]]), new Map([[0, Math.floor(stolenNs / TICK_NS)]]), TICK_NS);
}

function known<T>(maybe: Available<T>): T {
  if (!maybe.available) throw new Error(maybe.reason);
  return maybe.value;
}

type Spend = readonly ['run' | 'waitForCpu' | 'steal' | 'stealUnseen' | 'block', number];

const spends = (...kinds: Spend[0][]): fc.Arbitrary<Spend[]> =>
  fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 1e9 })), { maxLength: 30 });

const follow =
  (script: readonly Spend[]) =>
  (thread: SimulatedThread): void => {
    for (const [kind, durationNs] of script) thread[kind](durationNs);
  };

const sumOf = (script: readonly Spend[], kind: Spend[0]): number =>
  script.reduce((sum, [one, durationNs]) => sum + (one === kind ? durationNs : 0), 0);

describe('describeMeasurement() of work that never blocks', () => {
  const scripts = spends('run', 'waitForCpu', 'steal', 'stealUnseen');

  test('contains the true steal and the true wall time without it', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { found, stolenNs } = measured(follow(script));
        const steal = known(found.stealNs);
        const corrected = known(found.correctedWallNs);
        expect(steal.lowNs).toBeLessThanOrEqual(stolenNs);
        expect(steal.highNs).toBeGreaterThanOrEqual(stolenNs);
        expect(corrected.lowNs).toBeLessThanOrEqual(found.wallNs - stolenNs);
        expect(corrected.highNs).toBeGreaterThanOrEqual(found.wallNs - stolenNs);
      }),
    );
  });

  test('never corrects above the wall time, nor below the CPU time that is free of steal', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { found, stolenNs } = measured(follow(script));
        const { lowNs, highNs } = known(found.correctedWallNs);
        expect(highNs).toBeLessThanOrEqual(found.wallNs);
        expect(lowNs).toBeLessThanOrEqual(highNs);
        // The kernel charged as CPU time what it did not see; /proc/stat knows it to a tick or two.
        const unseenNs = stolenNs - sumOf(script, 'steal');
        const freeNs = known(found.cpuNs) - unseenNs - 2 * TICK_NS;
        expect(lowNs).toBeGreaterThanOrEqual(
          Math.max(0, freeNs + sumOf(script, 'waitForCpu')) - found.boundNs,
        );
      }),
    );
  });

  test('has an interval of two ticks at most where the kernel saw all steal', () => {
    fc.assert(
      fc.property(spends('run', 'waitForCpu', 'steal'), (script) => {
        const { lowNs, highNs } = known(measured(follow(script)).found.correctedWallNs);
        expect(highNs - lowNs).toBeLessThanOrEqual(TICK_NS + 200);
      }),
    );
  });
});

describe('describeMeasurement() of work that waits', () => {
  const scripts = spends('run', 'waitForCpu', 'steal', 'stealUnseen', 'block');
  const waits = (script: readonly Spend[]): boolean => script.some(([kind]) => kind === 'block');

  test('keeps the identity W = C + R + S + B, and tells S from B by the recorded switches', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { found } = measured(follow(script), { recordsSwitches: true });
        const gapNs = known(found.stealAndBlockedNs);
        expect(known(found.cpuNs) + known(found.runQueueNs) + gapNs).toBe(found.wallNs);
        expect(gapNs).toBe(sumOf(script, 'steal') + sumOf(script, 'block'));
        expect(Math.abs(known(found.blockedNs) - sumOf(script, 'block'))).toBeLessThanOrEqual(found.boundNs);
      }),
    );
  });

  test('takes nothing off for sure: steal may be hidden behind what was waited for', () => {
    fc.assert(
      fc.property(scripts.filter(waits), fc.boolean(), (script, recordsSwitches) => {
        const { found, stolenNs } = measured(follow(script), { recordsSwitches });
        const { lowNs, highNs } = known(found.correctedWallNs);
        expect(highNs).toBe(found.wallNs);
        expect(lowNs).toBeLessThanOrEqual(found.wallNs - stolenNs);
        expect(lowNs).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('never takes off time in which the thread is known to have slept', () => {
    const spend = (thread: SimulatedThread): void => {
      thread.run(1e6);
      thread.block(5e8);
      thread.stealUnseen(3e8);
    };
    const recorded = measured(spend, { recordsSwitches: true }).found;
    expect(known(recorded.correctedWallNs).lowNs).toBeGreaterThan(5e8 - 1e5);
    const unrecorded = measured(spend).found;
    expect(known(unrecorded.correctedWallNs).lowNs).toBeLessThan(5e8);
    expect(unrecorded.blockedNs).toMatchObject({
      reason: expect.stringContaining('(not recorded in a test)'),
    });
  });

  test('is as wide for awaited work, even where this thread never slept', () => {
    const { found } = measured(
      (thread) => {
        thread.run(1e6);
        thread.steal(1e9);
      },
      { awaited: true },
    );
    expect(known(found.correctedWallNs).highNs).toBe(found.wallNs);
    expect(found.warnings).toContainEqual(expect.objectContaining({ code: 'awaited' }));
  });
});

describe('describeMeasurement()', () => {
  test('gives as throttled what the quota took, but no more than was waited', () => {
    const wait = (thread: SimulatedThread): void => thread.waitForCpu(700);
    expect(measured(wait, { throttledNs: 500 }).found.throttledNs).toEqual(available(500));
    expect(measured(wait, { throttledNs: 900 }).found.throttledNs).toEqual(available(700));
  });

  test('takes no more off in tier B than /proc/stat counted, and nothing for sure', () => {
    const { found } = measured(
      (thread) => {
        thread.run(1e9);
        thread.steal(1e9);
      },
      { verdict: verdictOf('B'), excludesSteal: false },
    );
    expect(known(found.cpuNs)).toBeGreaterThan(1.9e9);
    expect(known(found.stealNs)).toEqual({ lowNs: 0, highNs: 1e9 + TICK_NS });
    expect(known(found.correctedWallNs)).toEqual({
      lowNs: found.wallNs - 1e9 - TICK_NS,
      highNs: found.wallNs,
    });
  });

  test('corrects nothing in tiers C and D, and says why', () => {
    for (const tier of ['C', 'D'] as const) {
      const { found } = measured((thread) => thread.run(10), { verdict: verdictOf(tier) });
      expect(found.correctedWallNs).toEqual(unavailable(`tier ${tier} in a test`));
      expect(found.warnings).toEqual([{ code: 'steal-unknown', message: `tier ${tier} in a test` }]);
    }
  });

  test('says where the work ran, and what measuring costs', () => {
    expect(measured((thread) => thread.run(10)).found).toMatchObject({
      cpu: { start: 0, end: 0, pinned: true },
      overheadNs: 100,
      warnings: [],
    });
  });
});
