// Segments of a thread whose context switches were recorded: steal and blocking told apart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { OffCpuEvidence } from '../../src/timing/blocked-split.ts';
import { type ClockTraits, emptySnapshot } from '../../src/timing/clock.ts';
import { emptyOffCpu, openOffCpuLedger } from '../../src/timing/off-cpu.ts';
import { type Segment, segment } from '../../src/timing/segment.ts';
import { type SimulatedThread, simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { verdictA, verdictOf } from './verdicts.ts';

const traits: ClockTraits = {
  wallClock: 'CLOCK_MONOTONIC_RAW',
  rateError: 0,
  cpuScope: 'thread',
  switchScope: 'thread',
  runQueue: available('test'),
};

/** Off-CPU time of a thread that blocked once, with a bias of 20 ns per block that is known exactly. */
function offCpu(spent: Partial<OffCpuEvidence['offCpu']> = {}): OffCpuEvidence {
  return {
    offCpu: { ...emptyOffCpu(), offNs: 300, switchesOut: 1, switchesIn: 1, blocks: 1, ...spent },
    bias: { perBlockNs: 20, lowNs: 20, highNs: 20, waits: 20 },
    rateError: 0,
  };
}

describe('segment() with recorded context switches', () => {
  const scatterNs = 15e3;
  const blockedOnce = (
    verdict = verdictA,
    evidence = offCpu(),
    changed: Partial<ClockTraits> = {},
  ): Segment => {
    const from = { ...emptySnapshot(), widthNs: 10 };
    const to = { ...from, wallNs: 1e6, cpuNs: 6e5, runQueueNs: 100, timeslices: 1, voluntarySwitches: 1 };
    return segment(from, to, { ...traits, ...changed }, verdict, evidence);
  };
  const asleep = offCpu({ offNs: 250_120 });

  test('tells steal from blocking: B = O − R − k, S = W − C − O + k', () => {
    expect(blockedOnce(verdictA, asleep)).toMatchObject({
      blocked: 'yes',
      blockedNs: { value: 250_000 },
      stealAndBlockedNs: { value: 399_900 },
      splitErrorNs: scatterNs,
      stealNs: {
        value: { lowNs: 149_900 - 10 - scatterNs, highNs: 149_900 + 10 + scatterNs, meaning: 'charged' },
      },
    });
  });

  test('does not take steal to be more than steal and blocking together', () => {
    expect(blockedOnce(verdictA, offCpu({ offNs: 130 })).stealNs).toMatchObject({
      value: { highNs: 399_910 },
    });
  });

  test('knows B but no lower bound of S where interrupt time is within the gap, and no S in tiers B and C', () => {
    expect(blockedOnce(verdictOf('A', true), asleep)).toMatchObject({
      blockedNs: { available: true },
      stealNs: { value: { lowNs: 0, highNs: 149_900 + 10 + scatterNs, meaning: 'ceiling' } },
    });
    expect(blockedOnce(verdictOf('B'), asleep)).toMatchObject({
      blockedNs: { value: 250_000 },
      stealNs: { value: { meaning: 'ceiling' } },
    });
    expect(blockedOnce(verdictOf('C'), asleep)).toMatchObject({
      blockedNs: { value: 250_000 },
      stealNs: { available: false },
    });
  });

  test('checks a segment that blocked in tier E', () => {
    expect(blockedOnce(verdictOf('E'), asleep).violation).toBe('149900 ns are lost without a hypervisor');
    expect(blockedOnce(verdictOf('E'), offCpu({ offNs: 400_020 })).violation).toBeUndefined();
  });

  test('knows that this thread did not block where the counts are of the process', () => {
    const scope = { switchScope: 'process' } as const;
    expect(blockedOnce(verdictA, offCpu({ offNs: 100, blocks: 0 }), scope)).toMatchObject({
      blocked: 'no',
      blockedNs: { value: 0 },
      stealNs: { value: { meaning: 'charged' } },
    });
  });

  test('does without records that are not those of the segment', () => {
    const part = blockedOnce(verdictA, offCpu({ switchesIn: 2 }));
    expect(part).toMatchObject({ splitErrorNs: 0, stealNs: { value: { lowNs: 0, meaning: 'ceiling' } } });
    expect(part.blockedNs).toMatchObject({
      reason: expect.stringContaining('2 switches were recorded, but 1 happened between the snapshots'),
    });
  });

  test('flags records that contradict the clocks', () => {
    expect(blockedOnce(verdictA, offCpu({ offNs: 5e5 })).violation).toMatch(
      /^CPU time and time off the CPU exceed the wall time/,
    );
  });
});

type Spend = readonly ['run' | 'waitForCpu' | 'steal' | 'block', number];

const script: fc.Arbitrary<Spend[]> = fc.array(
  fc.tuple(fc.constantFrom('run', 'waitForCpu', 'steal', 'block'), fc.integer({ min: 0, max: 1e9 })),
  { maxLength: 40 },
);

function sumOf(spends: readonly Spend[], kind: Spend[0]): number {
  return spends.filter(([one]) => one === kind).reduce((sum, [, durationNs]) => sum + durationNs, 0);
}

const BIAS_NS = 25e3;

function spendRecorded(thread: SimulatedThread, spends: readonly Spend[]): Segment {
  const from = thread.clock.newSnapshot();
  const to = thread.clock.newSnapshot();
  const span = emptyOffCpu();
  thread.clock.take(from);
  const ledger = openOffCpuLedger(thread.stamps.nowNs(), 'on');
  for (const [kind, durationNs] of spends) thread[kind](durationNs);
  thread.clock.take(to);
  ledger.endSpan(thread.stamps.nowNs(), thread.drain, span);
  const bias = { perBlockNs: BIAS_NS, lowNs: 20e3, highNs: 30e3, waits: 20 };
  return segment(from, to, thread.clock, verdictA, { offCpu: span, bias, rateError: 0 });
}

test('segment() closes W = C + R + S + B with recorded switches over any mix, and has S and B within their error', () => {
  fc.assert(
    fc.property(script, (spends) => {
      const thread = simulateThread({ widthNs: 100, switchBiasNs: BIAS_NS });
      const { stealNs, blockedNs, stealAndBlockedNs, boundNs, splitErrorNs, violation } = spendRecorded(
        thread,
        spends,
      );
      if (!stealNs.available || !blockedNs.available || !stealAndBlockedNs.available)
        throw new Error('nothing is unavailable here');
      const errorNs = boundNs + splitErrorNs;
      expect(Math.abs(blockedNs.value - sumOf(spends, 'block'))).toBeLessThanOrEqual(errorNs);
      const restNs = stealAndBlockedNs.value - blockedNs.value;
      expect(Math.abs(restNs - thread.stolenNs())).toBeLessThanOrEqual(errorNs);
      expect(stealNs.value.lowNs).toBeLessThanOrEqual(thread.stolenNs());
      expect(stealNs.value.highNs).toBeGreaterThanOrEqual(thread.stolenNs());
      expect(stealNs.value.meaning).toBe('charged');
      expect(violation).toBeUndefined();
    }),
  );
});
