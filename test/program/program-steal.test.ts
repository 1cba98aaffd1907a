import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { correctedWall, type StealEvidence, stealOf } from '../../src/program/program-steal.ts';
import type { Tier, TierVerdict } from '../../src/timing/ledger-rules.ts';

const MS = 1e6;
const TICK = 10 * MS;

function verdict(tier: Tier, gapIncludesIrq = false): TierVerdict {
  return { tier, title: 'title', reason: 'the reason', stealBound: 'bound', gapIncludesIrq };
}

/** A program of 4 s, of which 2 s were stolen, as /proc/stat tells on one CPU. */
function evidence(overrides: Partial<StealEvidence> & { statMs?: number } = {}): StealEvidence {
  const { statMs = 2000, ...rest } = overrides;
  return {
    verdict: verdict('A'),
    wallNs: 4000 * MS,
    chargedNs: 1980 * MS,
    leaderChargedNs: 1980 * MS,
    elsewhereNs: 0,
    leaderSleptNs: 0,
    busiestCpuNs: 2010 * MS,
    isAccounted: true,
    method: 'charged',
    stat: available({
      perCpu: [{ cpu: 0, deltaNs: available(statMs * MS), ranBackwards: false }],
      tickNs: TICK,
      ceilingNs: available(statMs * MS + TICK),
    }),
    ...rest,
  };
}

function boundsOf(given: StealEvidence) {
  const steal = stealOf(given);
  const wall = correctedWall(given, steal);
  if (!steal.available || !wall.available) throw new Error('unavailable');
  return { steal: steal.value, wall: wall.value };
}

describe('stealOf()', () => {
  test('lies between what was charged and what /proc/stat counts, with a tick', () => {
    expect(boundsOf(evidence()).steal).toEqual({ lowNs: 1980 * MS, highNs: 2010 * MS, reason: 'charged' });
  });

  test('says why where the scheduler charged far less than the CPUs lost', () => {
    const { steal } = boundsOf(evidence({ chargedNs: 520 * MS }));
    expect(steal).toMatchObject({ lowNs: 520 * MS, highNs: 2010 * MS });
    expect(steal.reason).toMatch(/26 % of what \/proc\/stat counts on CPU 0: .*another CPU woke tasks/);
  });

  test('says nothing about a difference that ticks explain', () => {
    expect(boundsOf(evidence({ chargedNs: 0, statMs: 10 })).steal.reason).toBe('charged');
  });

  test('counts nothing as certain where CPU time contains the steal, or interrupts are mixed with it', () => {
    expect(boundsOf(evidence({ verdict: verdict('B') })).steal).toMatchObject({
      lowNs: 0,
      highNs: 2010 * MS,
      reason: expect.stringContaining('CPU time contains the steal'),
    });
    expect(boundsOf(evidence({ verdict: verdict('A', true) })).steal).toMatchObject({ lowNs: 0 });
  });

  test('falls back to the main thread where more was charged than the CPUs lost', () => {
    const { steal } = boundsOf(evidence({ chargedNs: 3000 * MS, leaderChargedNs: 1000 * MS }));
    expect(steal).toMatchObject({ lowNs: 1000 * MS, highNs: 2010 * MS });
    expect(steal.reason).toContain('CPU time of some thread is not known');
  });

  test('falls back to the main thread where some process was waited for by nobody', () => {
    const { steal } = boundsOf(evidence({ leaderChargedNs: 100 * MS, isAccounted: false }));
    expect(steal).toMatchObject({ lowNs: 100 * MS, highNs: 2010 * MS });
    expect(steal.reason).toContain('CPU time of some thread is not known');
  });

  test('trusts neither side where the main thread alone was charged more than the CPUs lost', () => {
    const { steal } = boundsOf(evidence({ chargedNs: 3000 * MS, leaderChargedNs: 2500 * MS }));
    expect(steal).toMatchObject({ lowNs: 0, highNs: 2500 * MS });
    expect(steal.reason).toContain('neither is trusted');
  });

  test('is zero without a hypervisor, and unknown without a steal clock', () => {
    expect(stealOf(evidence({ verdict: verdict('E') }))).toMatchObject({ value: { lowNs: 0, highNs: 0 } });
    for (const tier of ['C', 'D'] as const) {
      const given = evidence({ verdict: verdict(tier) });
      expect(stealOf(given)).toEqual(unavailable('the reason'));
      expect(correctedWall(given, stealOf(given))).toEqual(unavailable('the reason'));
    }
  });

  test('is unknown where the CPUs cannot be counted', () => {
    expect(stealOf(evidence({ stat: unavailable('CPU 0 went offline') }))).toEqual(
      unavailable('CPU 0 went offline'),
    );
  });
});

describe('correctedWall()', () => {
  test('takes off all steal of a main thread that never slept', () => {
    expect(boundsOf(evidence()).wall).toMatchObject({ lowNs: 1990 * MS, highNs: 2020 * MS });
  });

  test('takes off with certainty only what sleep cannot have hidden', () => {
    expect(boundsOf(evidence({ leaderSleptNs: 500 * MS })).wall.highNs).toBe((4000 - 1480) * MS);
    expect(boundsOf(evidence({ leaderSleptNs: 2500 * MS })).wall.highNs).toBe(4000 * MS);
  });

  test('takes off nothing with certainty for steal of other threads', () => {
    expect(boundsOf(evidence({ leaderChargedNs: 0 })).wall.highNs).toBe(4000 * MS);
  });

  test('is not below the CPU time of the busiest thread, less the steal that may hide in it', () => {
    const both = evidence({ busiestCpuNs: 3000 * MS, chargedNs: 900 * MS, leaderChargedNs: 0, statMs: 1990 });
    // All of the steal would leave 2000 ms; at most 1100 ms of the 3000 ms of CPU time can be steal.
    expect(boundsOf(both).wall.lowNs).toBe(2000 * MS);
    const busier = { ...both, busiestCpuNs: 3500 * MS };
    expect(boundsOf(busier).wall.lowNs).toBe((3500 - 1100) * MS);
  });

  test('never takes off more than there is', () => {
    const { wall } = boundsOf(
      evidence({ wallNs: 5 * MS, chargedNs: 0, leaderChargedNs: 0, busiestCpuNs: MS }),
    );
    expect(wall).toMatchObject({ lowNs: 0, highNs: 5 * MS, reason: 'no steal is certain' });
  });
});
