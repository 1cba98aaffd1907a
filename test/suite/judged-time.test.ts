import { describe, expect, it } from 'vitest';
import { judgeFor } from '../../src/suite/judged-time.ts';
import { newRawSample, type RawSample } from '../../src/suite/sample-store.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';

const device = { timestampValidBits: 64, timestampPeriodNs: 2 };
const sample = (parts: Partial<RawSample> = {}): RawSample => ({
  ...newRawSample({ snapshot: simulateThread().clock, workers: null, offCpu: null }, true),
  submitStartNs: 1000,
  waitEndNs: 9000,
  ticks: { begin: 10n, end: 1010n },
  ...parts,
});

describe('judgeFor()', () => {
  it('judges throughput by device time', () => {
    expect(judgeFor(device, 'throughput', true)(sample())).toBe(2000);
  });

  it.each([
    ['latency, whatever the device tells', device, 'latency', true],
    ['a submission without timestamps', device, 'throughput', false],
    ['a queue without timestamps', { ...device, timestampValidBits: 0 }, 'throughput', true],
  ] as const)('judges by the round trip: %s', (_, on, kind, timestamps) => {
    expect(judgeFor(on, kind, timestamps)(sample())).toBe(8000);
  });

  it('never mixes the two clocks: a missing timestamp is no wall time', () => {
    expect(judgeFor(device, 'throughput', true)(sample({ ticks: null }))).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives NaN for a sample that was never filled', () => {
    const empty = newRawSample({ snapshot: simulateThread().clock, workers: null, offCpu: null }, true);
    expect(judgeFor(device, 'latency', false)(empty)).toBe(Number.NaN);
  });
});
