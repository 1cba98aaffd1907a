// Which cases have their context switches recorded: a real source of this thread, paused and resumed by the rule.
import { describe, expect, test } from 'vitest';
import { recordSwitches } from '../../src/suite/record-switches.ts';
import { openOffCpuSource } from '../../src/timing/off-cpu-source.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import { verdictA } from '../timing/verdicts.ts';

using clock = openSnapshotClock().clock;
const bias = { perBlockNs: 10e3, lowNs: 8e3, highNs: 46e3, waits: 8 };
const source = openOffCpuSource(clock, { bias });

const LATENCY = { kind: 'latency', timestamps: false } as const;

describe.runIf(source.available)('recordSwitches()', () => {
  test('leaves a latency alone where little is stolen, and says nothing', () => {
    if (!source.available) return;
    const clocks = { offCpu: source.value, verdict: verdictA, stolenShare: () => 0.01 };
    expect(recordSwitches(clocks, LATENCY)).toEqual([]);
    expect(source.value.recording).toBe(false);
  });

  test('records those of a latency where much is stolen, and says so', () => {
    if (!source.available) return;
    const clocks = { offCpu: source.value, verdict: verdictA, stolenShare: () => 0.4 };
    expect(recordSwitches(clocks, LATENCY).join()).toMatch(/40 % of a CPU was stolen/);
    expect(source.value.recording).toBe(true);
  });

  test('leaves it alone where CPU time contains the steal: switches would not tell it', () => {
    if (!source.available) return;
    const verdict = { ...verdictA, tier: 'B' } as const;
    recordSwitches({ offCpu: source.value, verdict, stolenShare: () => 0.4 }, LATENCY);
    expect(source.value.recording).toBe(false);
  });

  test.each([
    { kind: 'throughput', timestamps: false },
    { kind: 'latency', timestamps: true },
  ] as const)('always records those of $kind with timestamps: $timestamps', (one) => {
    if (!source.available) return;
    source.value.pause();
    recordSwitches({ offCpu: source.value, verdict: verdictA, stolenShare: () => 0 }, one);
    expect(source.value.recording).toBe(true);
  });
});

test.skipIf(source.available)('recordSwitches() has nothing to record', () => {
  const clocks = { offCpu: null, verdict: verdictA, stolenShare: () => 0.4 };
  expect(recordSwitches(clocks, LATENCY)).toEqual([]);
});
