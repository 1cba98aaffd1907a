// The arithmetic on a made-up machine: 1 s of wall time, times in ms for reading.
import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { describeRun } from '../../src/program/describe-run.ts';
import type { FollowedProgram, SwitchSums } from '../../src/program/follow-program.ts';
import type { RawRun } from '../../src/program/raw-run.ts';
import type { TierVerdict } from '../../src/timing/ledger-rules.ts';

const MS = 1e6;
const VERDICT: TierVerdict = { tier: 'A', title: 't', reason: 'r', stealBound: 'b', gapIncludesIrq: false };
const NO_RINGS = unavailable('perf_event_paranoid is 3');

const LEADER = {
  cpuNs: 400 * MS,
  runQueueNs: 100 * MS,
  startRunQueueNs: 0,
  endRunQueueNs: 0,
  voluntarySwitches: 4,
  unblockedStealNs: 0,
};

/** Alone on CPU 0, from 2 ms to 998 ms: 400 ms of CPU, 100 ms of waiting, 300 ms asleep, the rest stolen. */
function followed(overrides: Partial<FollowedProgram> = {}): FollowedProgram {
  const switches: SwitchSums = {
    onNs: 596 * MS,
    leader: { firstInNs: 2 * MS, endNs: 998 * MS, onNs: 596 * MS, blocks: 3, processEndNs: 998 * MS },
    threads: 1,
    alive: 0,
    cpus: [0],
    lost: 0,
    switchesWaitedFor: 13,
  };
  return {
    sums: {
      aliveCpuNs: 0,
      alive: 0,
      runQueueNs: 100 * MS,
      seen: 1,
      lost: 0,
      busiestCpuNs: 400 * MS,
      lostNs: 0,
      unblockedStealNs: 0,
    },
    leader: LEADER,
    switches,
    descendants: available(true),
    looks: 10,
    ...overrides,
  };
}

function raw(overrides: Partial<RawRun> = {}): RawRun {
  const own = (ms: number) => ({ atNs: ms * MS, usedNs: ms * MS, cpu: 0 });
  return {
    start: { monotonicNs: 0, rawNs: 5000 * MS },
    end: { monotonicNs: 1000 * MS, rawNs: 6000 * MS },
    followed: followed(),
    finalState: {
      exitCode: 0,
      signal: null,
      userNs: 390 * MS,
      systemNs: 10 * MS,
      voluntarySwitches: 4,
      involuntarySwitches: 9,
      maxRssBytes: 2 ** 27,
    },
    stat: available({
      perCpu: [{ cpu: 0, deltaNs: available(250 * MS), ranBackwards: false }],
      tickNs: 10 * MS,
      ceilingNs: available(260 * MS),
    }),
    own: { start: own(0), started: own(2), lastLook: own(900), lastWait: own(901), end: own(1000) },
    throttledNs: { before: available(7 * MS), after: available(37 * MS) },
    ownCpuNs: MS,
    ownRssBytes: 2 ** 26,
    ...overrides,
  };
}

/** Records with so many sleeps of the main thread. */
function blocked(blocks: number): SwitchSums {
  const { leader, ...sums } = followed().switches as SwitchSums;
  return { ...sums, leader: { ...(leader as NonNullable<typeof leader>), blocks } };
}

function stealOf(run: ReturnType<typeof describeRun>) {
  if (!run.stealNs.available) throw new Error(run.stealNs.reason);
  return run.stealNs.value;
}

describe('describeRun()', () => {
  test('closes W = C + R + S + B from records of switches', () => {
    const run = describeRun(raw(), VERDICT, available(true));
    expect(run).toMatchObject({
      wallNs: 1000 * MS,
      cpuNs: 400 * MS,
      runQueueNs: available(100 * MS),
      throttledNs: available(30 * MS),
      blockedNs: available(300 * MS),
      stealAndBlockedNs: available(500 * MS),
      maxRssBytes: available(2 ** 27),
      threads: { exact: true, seen: 1 },
    });
    expect(stealOf(run).lowNs).toBeCloseTo(196 * MS, -5);
    expect(stealOf(run).highNs).toBe(260 * MS);
  });

  test('corrects the span of the records by the rate of their clock', () => {
    const fast = raw({ end: { monotonicNs: 1000.5 * MS, rawNs: 6000 * MS } });
    const lowNs = stealOf(describeRun(fast, VERDICT, available(true))).lowNs;
    expect(lowNs).toBeCloseTo(596 * MS * (1000 / 1000.5) - 400 * MS, -5);
  });

  test('judges a main thread that never slept by its identity, which records cannot match', () => {
    const leader = { ...LEADER, runQueueNs: 390 * MS, voluntarySwitches: 1 };
    const run = describeRun(
      raw({ followed: followed({ leader, switches: blocked(0) }) }),
      VERDICT,
      available(true),
    );
    expect(run.blockedNs).toEqual(available(0));
    // 996 − 400 − 390 = 206 of W − C − R; the records say 196.
    expect(stealOf(run).lowNs).toBeCloseTo(206 * MS, -5);
    expect(run.correctedWallNs).toMatchObject({ value: { reason: expect.stringContaining('never slept') } });
  });

  test('does not take a sleep for steal where the count of a zombie came before its last switch', () => {
    const leader = { ...LEADER, voluntarySwitches: 1 };
    const run = describeRun(
      raw({ followed: followed({ leader, switches: blocked(1) }) }),
      VERDICT,
      available(true),
    );
    expect(run.blockedNs).toEqual(available(300 * MS));
    expect(stealOf(run).lowNs).toBeCloseTo(196 * MS, -5);
  });

  test('does not take the wait for the first CPU off the sleep', () => {
    const leader = { ...LEADER, runQueueNs: 150 * MS, startRunQueueNs: 50 * MS };
    const run = describeRun(raw({ followed: followed({ leader }) }), VERDICT, available(true));
    expect(run.blockedNs).toEqual(available(300 * MS));
  });

  test('counts steal of descendants only where all of them are in the accounts', () => {
    const lowNs = (switchesWaitedFor: number | null): number => {
      const switches = { ...(followed().switches as SwitchSums), onNs: 646 * MS, switchesWaitedFor };
      return stealOf(describeRun(raw({ followed: followed({ switches }) }), VERDICT, available(true))).lowNs;
    };
    // 4 + 9 switches were told; one process more, which computed 50 ms, was waited for by nobody.
    expect(lowNs(13)).toBeCloseTo(246 * MS, -5);
    expect(lowNs(14)).toBeCloseTo(196 * MS, -5);
    expect(lowNs(null)).toBeCloseTo(196 * MS, -5);
  });

  test('knows without records only stretches without sleep', () => {
    const leader = { ...LEADER, unblockedStealNs: 120 * MS };
    const run = describeRun(raw({ followed: followed({ leader, switches: null }) }), VERDICT, NO_RINGS);
    expect(stealOf(run)).toMatchObject({ lowNs: 120 * MS, highNs: 260 * MS });
    expect(stealOf(run).reason).toContain('perf_event_paranoid is 3');
    expect(run.blockedNs).toMatchObject({ available: false });
    expect(run.threads).toMatchObject({ exact: false, lostRunQueueNs: { available: false } });
  });

  test('does without records that are incomplete', () => {
    const switches = { ...(followed().switches as SwitchSums), lost: 5 };
    const run = describeRun(raw({ followed: followed({ switches }) }), VERDICT, available(true));
    expect(run.threads.exact).toBe(false);
    expect(stealOf(run).lowNs).toBe(0);
  });

  test('counts threads that go on, and gives up a tick for each', () => {
    const sums = { ...followed().sums, alive: 1, aliveCpuNs: 50 * MS };
    const switches = { ...(followed().switches as SwitchSums), alive: 1, onNs: 646 * MS };
    const run = describeRun(raw({ followed: followed({ sums, switches }) }), VERDICT, available(true));
    expect(run.cpuNs).toBe(450 * MS);
    expect(run.threads.leftRunning).toBe(1);
    expect(stealOf(run).lowNs).toBeCloseTo(186 * MS, -5);
  });

  test('says what an unreadable schedstat hides', () => {
    const run = describeRun(raw({ followed: followed({ leader: null }) }), VERDICT, available(true));
    for (const part of [run.runQueueNs, run.throttledNs, run.blockedNs, run.stealAndBlockedNs]) {
      expect(part).toEqual(unavailable("the main thread's schedstat cannot be read"));
    }
  });

  test('does not know memory below what guestmark itself had', () => {
    expect(describeRun(raw({ ownRssBytes: 2 ** 28 }), VERDICT, available(true)).maxRssBytes).toEqual(
      unavailable('less than the 256 MiB of guestmark, which started it'),
    );
  });

  test('labels CPU time that contains the steal', () => {
    const inTicks: TierVerdict = { ...VERDICT, tier: 'B' };
    const run = describeRun(raw(), inTicks, available(true));
    expect(run.cpuIncludesSteal).toBe(true);
    expect(stealOf(run)).toMatchObject({ lowNs: 0, highNs: 260 * MS });
  });
});
