import { describe, expect, it } from 'vitest';
import type { SimulatedThread } from '../../src/timing/snapshot-simulated.ts';
import type { StallCause } from '../../src/timing/stall.ts';
import { LIMITS, type SimulatedWatch, TURN_NS, watchSimulated } from './simulated-watch.ts';
import { verdictOf } from './verdicts.ts';

const AT = 5e6;

/** The stall that one happening makes. */
function stallFrom(happens: (thread: SimulatedThread) => void, watch: Partial<SimulatedWatch> = {}) {
  const { stalls } = watchSimulated({ ...watch, events: [{ atNs: AT, happens }] });
  expect(stalls).toHaveLength(1);
  const [stall] = stalls;
  if (stall === undefined || !stall.ledger.available) throw new Error('no stall with a ledger');
  // It happened at AT, and the last look at the clock was a turn before.
  expect(stall.startNs).toBeGreaterThanOrEqual(AT - 2 * TURN_NS);
  expect(stall.startNs).toBeLessThanOrEqual(AT);
  return { ...stall, ledger: stall.ledger.value };
}

describe('watchStalls()', () => {
  const causes: readonly (readonly [StallCause, (thread: SimulatedThread) => void])[] = [
    ['steal', (thread) => thread.steal(2e6)],
    ['run-queue', (thread) => thread.waitForCpu(2e6)],
    ['blocked', (thread) => thread.block(2e6)],
    ['unattributed', (thread) => thread.stealUnseen(2e6)],
    ['interrupt', (thread) => thread.run(200e3)],
  ];
  it.each(causes)('calls %s what the ledger shows to be it', (cause, happens) => {
    const stall = stallFrom(happens);
    expect(stall.cause).toBe(cause);
    const lastedNs = cause === 'interrupt' ? 200e3 : 2e6;
    expect(stall.durationNs - lastedNs).toBeGreaterThanOrEqual(0);
    expect(stall.durationNs - lastedNs).toBeLessThanOrEqual(2 * TURN_NS);
  });

  it('divides a hole with more than one cause and names it after the largest part', () => {
    const stall = stallFrom((thread) => {
      thread.steal(3e6);
      thread.waitForCpu(2e6);
      thread.stealUnseen(1e6);
    });
    expect(stall.cause).toBe('steal');
    expect(stall.ledger.stealAndBlockedNs).toBeCloseTo(3e6, -3);
    expect(stall.ledger.runQueueNs).toBeCloseTo(2e6, -3);
    expect(stall.ledger.cpuNs).toBeCloseTo(1e6, -3);
  });

  it('never says steal where CPU time contains it or the hypervisor does not tell', () => {
    for (const tier of ['B', 'C', 'E'] as const) {
      const verdict = verdictOf(tier);
      const contained = stallFrom((thread) => thread.steal(2e6), {
        thread: { excludesSteal: false },
        verdict,
      });
      expect(contained.cause).toBe('unattributed');
      expect(stallFrom((thread) => thread.steal(2e6), { verdict }).cause).toBe('unattributed');
    }
  });

  it('never says steal of a silent stall', () => {
    const { stalls } = watchSimulated({
      events: [1, 2, 5, 20, 50].map((ms, index) => ({
        atNs: (index + 1) * 25e6,
        happens: (thread) => thread.stealUnseen(ms * 1e6),
      })),
      durationNs: 180e6,
    });
    expect(stalls.map(({ cause }) => cause)).toEqual(Array.from({ length: 5 }, () => 'unattributed'));
    expect(stalls.map(({ durationNs }) => Math.round(durationNs / 1e6))).toEqual([1, 2, 5, 20, 50]);
  });

  it('does not call an interrupt steal where its time is, or may be, outside of CPU time', () => {
    const verdict = verdictOf('A', true);
    expect(stallFrom((thread) => thread.steal(200e3), { verdict }).cause).toBe('interrupt');
    expect(stallFrom((thread) => thread.steal(2e6), { verdict }).cause).toBe('steal');
  });

  it('knows that a thread did not block when only its process did, by its timeslices', () => {
    const thread = { switchScope: 'process' } as const;
    expect(stallFrom((one) => one.steal(2e6), { thread }).cause).toBe('steal');
    // Another thread may have blocked meanwhile: neither steal nor blocking is proved.
    expect(stallFrom((one) => one.block(2e6), { thread }).cause).toBe('unattributed');
  });

  it('judges a hole by what happened since the last renewal, not by what was before', () => {
    const { stalls } = watchSimulated({
      events: [
        ...Array.from({ length: 40 }, (_, index) => ({
          atNs: 1e6 + index * 60e3,
          happens: (thread: SimulatedThread) => thread.waitForCpu(50e3),
        })),
        { atNs: 9e6, happens: (thread) => thread.stealUnseen(1e6) },
      ],
    });
    expect(stalls).toMatchObject([{ cause: 'unattributed', ledger: { value: { runQueueNs: 0 } } }]);
  });

  it('adds to the uncertainty what shorter holes since the renewal may hold', () => {
    const { stalls } = watchSimulated({
      events: [
        { atNs: AT + 300e3, happens: (thread) => thread.waitForCpu(80e3) },
        { atNs: AT + 500e3, happens: (thread) => thread.stealUnseen(2e6) },
      ],
    });
    if (stalls[0]?.ledger.available !== true) throw new Error('no stall with a ledger');
    expect(stalls[0].ledger.value.uncertaintyNs).toBeGreaterThanOrEqual(80e3);
    expect(stalls[0].ledger.value.uncertaintyNs).toBeLessThan(90e3);
  });

  it('finds a stall at whatever moment it comes, also at a renewal of the ledger', () => {
    for (let turn = -3; turn <= 6; turn++) {
      const atNs = LIMITS.periodNs + turn * TURN_NS;
      const events = [{ atNs, happens: (thread: SimulatedThread) => thread.stealUnseen(2e6) }];
      expect(watchSimulated({ events, durationNs: 6e6 }).stalls).toHaveLength(1);
    }
  });

  it('finds a stall while the sink is asked', () => {
    const { stalls } = watchSimulated({ events: [], whenAsked: (thread) => thread.stealUnseen(2e6) });
    expect(stalls).toMatchObject([{ cause: 'unattributed' }]);
  });

  it('counts shorter holes and tells of none of them', () => {
    const { stalls, holes } = watchSimulated({
      events: [{ atNs: AT, happens: (thread) => thread.run(LIMITS.thresholdNs - 2 * TURN_NS) }],
    });
    expect(stalls).toEqual([]);
    expect(holes).toHaveLength(1);
  });

  it('ends also when every turn is a hole', () => {
    const limits = { leastHoleNs: 0, thresholdNs: TURN_NS / 2 };
    const { stalls } = watchSimulated({ events: [], limits, durationNs: 3e6 });
    expect(stalls.length).toBeGreaterThan(1000);
  });
});
