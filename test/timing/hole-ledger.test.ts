import { expect, it } from 'vitest';
import { LAST, openHoleLedger } from '../../src/timing/hole-ledger.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { type Stall, stallOf } from '../../src/timing/stall.ts';
import { LIMITS, watchSimulated } from './simulated-watch.ts';
import { verdictA } from './verdicts.ts';

it('openHoleLedger() finds a stall that hits a snapshot', () => {
  const thread = simulateThread();
  const stalls: Stall[] = [];
  let isHit = false;
  const snapshot = {
    ...thread.clock,
    take: (into: ReturnType<typeof thread.clock.newSnapshot>) => {
      if (isHit) thread.stealUnseen(3e6);
      isHit = false;
      thread.clock.take(into);
    },
  };
  const sink = {
    countHole: () => undefined,
    stall: (hole: Parameters<typeof stallOf>[0]) => void stalls.push(stallOf(hole)),
  };
  const ledger = openHoleLedger({ stamp: thread.stamps, snapshot, verdict: verdictA }, LIMITS, sink);
  const at = new Float64Array(2);
  ledger.renew(at);
  thread.run(1e6);
  at[LAST] = 1e6;
  isHit = true;
  ledger.renew(at);
  expect(stalls).toMatchObject([{ startNs: 1e6, durationNs: 3e6, cause: 'unattributed' }]);
  expect(at[LAST]).toBe(4e6);
});

it('openHoleLedger() makes one stall of two with only a snapshot between them', () => {
  const { stalls } = watchSimulated({
    events: [
      { atNs: 5e6, happens: (thread) => thread.stealUnseen(2e6) },
      // The next look at the clock comes right after the snapshot that judges the first.
      { atNs: 7e6, happens: (thread) => thread.stealUnseen(3e6) },
    ],
  });
  expect(stalls).toHaveLength(1);
  expect(stalls[0]?.durationNs).toBeCloseTo(5e6, -3);
});

it('openHoleLedger() does not make 0 of a ledger that cannot be read', () => {
  const thread = simulateThread();
  const stalls: Stall[] = [];
  const snapshot = { ...thread.clock, cpuScope: 'process' as const };
  const sink = {
    countHole: () => undefined,
    stall: (hole: Parameters<typeof stallOf>[0]) => void stalls.push(stallOf(hole)),
  };
  const ledger = openHoleLedger({ stamp: thread.stamps, snapshot, verdict: verdictA }, LIMITS, sink);
  thread.block(2e6);
  ledger.hole(Float64Array.of(0, 2e6));
  expect(stalls).toMatchObject([{ cause: 'unattributed', ledger: { available: false } }]);
});
