import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { type ClockTraits, emptySnapshot, type ThreadSnapshot } from '../../src/timing/clock.ts';
import { mostStealNs, type Segment, segment } from '../../src/timing/segment.ts';
import { type SimulatedThread, simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { verdictA, verdictOf } from './verdicts.ts';

const traits: ClockTraits = {
  wallClock: 'CLOCK_MONOTONIC_RAW',
  rateError: 0,
  cpuScope: 'thread',
  switchScope: 'thread',
  runQueue: available('test'),
};

/** A segment of 1000 ns wall with a width of 10 ns at both ends. */
function within(
  spent: Partial<ThreadSnapshot>,
  verdict = verdictA,
  changed: Partial<ClockTraits> = {},
): Segment {
  const from = { ...emptySnapshot(), widthNs: 10 };
  const to = { ...emptySnapshot(), widthNs: 10, wallNs: 1000, ...spent };
  return segment(from, to, { ...traits, ...changed }, verdict);
}

describe('segment() in tier A', () => {
  test('measures steal as W − C − R ± bound when the thread did not block', () => {
    expect(within({ cpuNs: 600, runQueueNs: 100 })).toMatchObject({
      stealAndBlockedNs: { value: 300 },
      blocked: 'no',
      boundNs: 10,
      stealNs: { value: { lowNs: 290, highNs: 310, meaning: 'charged' } },
    });
  });

  test('does not let the interval fall below zero', () => {
    const part = within({ cpuNs: 1005 });
    expect(part.stealAndBlockedNs).toEqual(available(-5));
    expect(part.stealNs).toMatchObject({ value: { lowNs: 0, highNs: 5 } });
    expect(part.violation).toBeUndefined();
  });

  test('knows only a ceiling when the thread blocked', () => {
    expect(within({ cpuNs: 600, voluntarySwitches: 1 })).toMatchObject({
      blocked: 'yes',
      stealNs: { value: { lowNs: 0, highNs: 410, meaning: 'ceiling' } },
    });
  });

  test('takes an unchanged count of the process as proof, and a changed one as none', () => {
    const scope = { switchScope: 'process' } as const;
    expect(within({ cpuNs: 600 }, verdictA, scope).blocked).toBe('no');
    expect(within({ cpuNs: 600, voluntarySwitches: 3 }, verdictA, scope)).toMatchObject({
      blocked: 'unknown',
      stealNs: { value: { lowNs: 0, meaning: 'ceiling' } },
    });
  });

  test('claims no lower bound where interrupt time is within the gap', () => {
    expect(within({ cpuNs: 600 }, verdictOf('A', true)).stealNs).toMatchObject({
      value: { lowNs: 0, highNs: 410, meaning: 'ceiling' },
    });
  });
});

describe('segment() in the other tiers', () => {
  test('bounds steal by W − R in tier B: CPU time contains it', () => {
    expect(within({ cpuNs: 900, runQueueNs: 100 }, verdictOf('B')).stealNs).toMatchObject({
      value: { lowNs: 0, highNs: 910, meaning: 'ceiling' },
    });
  });

  test('gives the reason of the tier in C and D, never a number', () => {
    for (const tier of ['C', 'D'] as const) {
      expect(within({ cpuNs: 900 }, verdictOf(tier)).stealNs).toEqual(unavailable(`tier ${tier} in a test`));
    }
  });

  test('expects zero in tier E, and flags time that is lost', () => {
    expect(within({ cpuNs: 995 }, verdictOf('E'))).toMatchObject({
      stealNs: { value: { lowNs: 0, highNs: 15, meaning: 'expected-zero' } },
    });
    expect(within({ cpuNs: 995 }, verdictOf('E')).violation).toBeUndefined();
    expect(within({ cpuNs: 700 }, verdictOf('E')).violation).toBe('300 ns are lost without a hypervisor');
  });

  test('flags nothing in tier E when blocking or interrupts explain the gap', () => {
    expect(within({ cpuNs: 700, voluntarySwitches: 1 }, verdictOf('E')).violation).toBeUndefined();
    expect(within({ cpuNs: 700 }, verdictOf('E', true)).violation).toBeUndefined();
  });
});

test('segment() flags more CPU time and waiting than wall time in every tier', () => {
  for (const tier of ['A', 'B', 'C', 'D', 'E'] as const) {
    expect(within({ cpuNs: 900, runQueueNs: 200 }, verdictOf(tier)).violation).toBe(
      'CPU time and waiting exceed the wall time by 100 ns',
    );
  }
});

test('segment() adds the rate of the clocks to its bound', () => {
  const to = { ...emptySnapshot(), wallNs: 1e9, cpuNs: 1e9, widthNs: 4000 };
  const from = { ...emptySnapshot(), widthNs: 2000 };
  expect(segment(from, to, { ...traits, rateError: 5e-4 }, verdictA).boundNs).toBe(3000 + 5e5);
});

test('segment() separates nothing where a source is missing, and says which', () => {
  expect(within({ cpuNs: 1 }, verdictA, { runQueue: unavailable('no schedstat') })).toMatchObject({
    cpuNs: available(1),
    runQueueNs: unavailable('no schedstat'),
    stealAndBlockedNs: unavailable('no schedstat; W − C − R needs it'),
    stealNs: { available: false },
  });
  expect(within({ cpuNs: 1 }, verdictA, { cpuScope: 'process' }).stealAndBlockedNs).toMatchObject({
    reason: expect.stringContaining('whole process'),
  });
});

test('mostStealNs() is the wall time without the run-queue wait', () => {
  expect(mostStealNs(within({ cpuNs: 600, runQueueNs: 100 }))).toEqual(available(910));
});

type Spend = readonly ['run' | 'waitForCpu' | 'steal' | 'stealUnseen' | 'block', number];

const spends = (...kinds: Spend[0][]): fc.Arbitrary<Spend[]> =>
  fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 1e9 })), { maxLength: 40 });

function spend(thread: SimulatedThread, script: readonly Spend[]): Segment {
  const from = thread.clock.newSnapshot();
  const to = thread.clock.newSnapshot();
  thread.clock.take(from);
  for (const [kind, durationNs] of script) thread[kind](durationNs);
  thread.clock.take(to);
  return segment(from, to, thread.clock, verdictA);
}

function sumOf(script: readonly Spend[], ...kinds: Spend[0][]): number {
  return script.filter(([kind]) => kinds.includes(kind)).reduce((sum, [, durationNs]) => sum + durationNs, 0);
}

describe('segment() over any mix of running, waiting, steal and blocking', () => {
  test('keeps the identity W = C + R + S + B', () => {
    fc.assert(
      fc.property(spends('run', 'waitForCpu', 'steal', 'stealUnseen', 'block'), (script) => {
        const part = spend(simulateThread({ widthNs: 100 }), script);
        expect(part.runQueueNs).toEqual(available(sumOf(script, 'waitForCpu')));
        expect(part.stealAndBlockedNs).toEqual(available(sumOf(script, 'steal', 'block')));
        expect(part.violation).toBeUndefined();
      }),
    );
  });

  test('contains the true steal between its lower bound and the ceiling, seen by the kernel or not', () => {
    fc.assert(
      fc.property(spends('run', 'waitForCpu', 'steal', 'stealUnseen', 'block'), (script) => {
        const thread = simulateThread({ widthNs: 100 });
        const part = spend(thread, script);
        const ceilingNs = mostStealNs(part);
        if (!part.stealNs.available || !ceilingNs.available) throw new Error('nothing is unavailable here');
        expect(part.stealNs.value.lowNs).toBeLessThanOrEqual(thread.stolenNs());
        expect(ceilingNs.value).toBeGreaterThanOrEqual(thread.stolenNs());
      }),
    );
  });

  test('is exact within its bound when the thread never blocked and the kernel saw all steal', () => {
    fc.assert(
      fc.property(spends('run', 'waitForCpu', 'steal'), (script) => {
        const thread = simulateThread({ widthNs: 100 });
        const part = spend(thread, script);
        if (!part.stealNs.available) throw new Error(part.stealNs.reason);
        expect(part.stealNs.value.meaning).toBe('charged');
        expect(part.stealNs.value.lowNs).toBeLessThanOrEqual(thread.stolenNs());
        expect(part.stealNs.value.highNs).toBeGreaterThanOrEqual(thread.stolenNs());
        expect(part.stealNs.value.highNs - part.stealNs.value.lowNs).toBeLessThanOrEqual(2 * part.boundNs);
      }),
    );
  });
});
