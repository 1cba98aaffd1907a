import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { describeRun } from '../../src/program/describe-run.ts';
import type { SwitchSums } from '../../src/program/follow-program.ts';
import type { RawRun } from '../../src/program/raw-run.ts';
import { verdictA } from '../timing/verdicts.ts';

const MS = 1e6;
const NOTHING = unavailable('not asked for');

/**
 * A program of 100 ms that computed 30 ms and slept the rest. Its child was on a CPU for 8 ms more than the 30 ms that
 * are accounted for: stolen, or computed by somebody whom nobody waited for.
 */
function raw(switchesWaitedFor: SwitchSums['switchesWaitedFor']): RawRun {
  const at = (ms: number) => ({ monotonicNs: ms * MS, rawNs: ms * MS });
  const own = (ms: number) => ({ atNs: ms * MS, usedNs: ms * MS, cpu: 0 });
  return {
    start: at(0),
    end: at(100),
    followed: {
      sums: {
        aliveCpuNs: 0,
        alive: 0,
        runQueueNs: 0,
        seen: 2,
        lost: 0,
        busiestCpuNs: 30 * MS,
        lostNs: 0,
        unblockedStealNs: 0,
      },
      leader: {
        cpuNs: 30 * MS,
        runQueueNs: 0,
        startRunQueueNs: 0,
        endRunQueueNs: 0,
        voluntarySwitches: 3,
        unblockedStealNs: 0,
      },
      switches: {
        onNs: 38 * MS,
        leader: { firstInNs: 1 * MS, endNs: 99 * MS, onNs: 30 * MS, blocks: 2, processEndNs: 99 * MS },
        threads: 2,
        alive: 0,
        cpus: [0],
        lost: 0,
        switchesWaitedFor,
      },
      descendants: available(true),
      looks: 3,
    },
    finalState: {
      exitCode: 0,
      signal: null,
      userNs: 30 * MS,
      systemNs: 0,
      voluntarySwitches: 3,
      involuntarySwitches: 2,
      maxRssBytes: 2,
    },
    stat: available({
      perCpu: [{ cpu: 0, deltaNs: available(0), ranBackwards: false }],
      tickNs: 10 * MS,
      ceilingNs: available(10 * MS),
    }),
    own: { start: own(0), started: own(1), lastLook: own(90), lastWait: own(90), end: own(100) },
    throttledNs: { before: NOTHING, after: NOTHING },
    ownCpuNs: 0,
    ownRssBytes: 1,
  };
}

describe('describeRun()', () => {
  test('takes for steal what the threads were on a CPU and not charged for', () => {
    const { stealNs } = describeRun(raw(5), verdictA, available(true));
    if (!stealNs.available) throw new Error(stealNs.reason);
    expect(stealNs.value.lowNs / MS).toBeCloseTo(8, 1);
    expect(stealNs.value.highNs).toBe(10 * MS);
  });

  test('does not take a sleep for steal where the count of a zombie came before its last switch', () => {
    const one = raw(5);
    const { leader, switches } = one.followed;
    const followed = {
      ...one.followed,
      leader: { ...(leader as NonNullable<typeof leader>), voluntarySwitches: 1 },
      switches: { ...(switches as SwitchSums), onNs: 30 * MS },
    };
    const { stealNs, blockedNs } = describeRun({ ...one, followed }, verdictA, available(true));
    expect(stealNs).toMatchObject({ value: { lowNs: 0 } });
    expect(blockedNs).toEqual(available(68 * MS));
  });

  test('does not take the wait for the first CPU off the sleep', () => {
    const one = raw(5);
    const leader = one.followed.leader as NonNullable<RawRun['followed']['leader']>;
    const waited = { ...leader, runQueueNs: 50 * MS, startRunQueueNs: 50 * MS };
    const { blockedNs } = describeRun(
      { ...one, followed: { ...one.followed, leader: waited } },
      verdictA,
      available(true),
    );
    expect(blockedNs).toEqual(available(68 * MS));
  });

  test.each([6, null])(
    'but not where a process may be missing in the accounts (%s switches at least, 5 were told)',
    (switchesWaitedFor) => {
      const { stealNs } = describeRun(raw(switchesWaitedFor), verdictA, available(true));
      expect(stealNs).toEqual(
        available({ lowNs: 0, highNs: 10 * MS, reason: expect.stringContaining('main thread only') }),
      );
    },
  );
});
