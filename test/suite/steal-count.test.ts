import { describe, expect, it } from 'vitest';
import { newRawSample, type RawSample } from '../../src/suite/sample-store.ts';
import { caseStealOf, countingCpus, samplingStealOf } from '../../src/suite/steal-count.ts';
import { caseSteal } from '../../src/timing/case-steal.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';

const TICK_NS = 1e7;

/** Counters of two CPUs: 3 and 5 ticks more, or what a test wants. */
function count(
  after: readonly (readonly [number, number])[] = [
    [0, 13],
    [1, 25],
  ],
) {
  const before = new Map([
    [0, 10],
    [1, 20],
  ]);
  return caseSteal(before, new Map(after), TICK_NS);
}

function sample(fromCpu: number, toCpu: number, timeslices = 0): RawSample {
  const raw = newRawSample({ snapshot: simulateThread().clock, workers: null, offCpu: null }, true);
  Object.assign(raw.from, { cpu: fromCpu });
  Object.assign(raw.to, { cpu: toCpu, timeslices });
  return raw;
}

describe('caseStealOf()', () => {
  it('adds up the CPUs and names them', () => {
    expect(caseStealOf(count())).toEqual({
      totalNs: 8 * TICK_NS,
      perCpuNs: { cpu0: 3 * TICK_NS, cpu1: 5 * TICK_NS },
      tickNs: TICK_NS,
      note: null,
    });
  });

  it('notes a counter that ran backwards and a CPU that went offline', () => {
    expect(
      caseStealOf(
        count([
          [0, 7],
          [1, 25],
        ]),
      ).note,
    ).toBe('the counter of cpu0 ran backwards');
    expect(caseStealOf(count([[0, 13]])).note).toMatch(/CPU 1 was not online after/);
  });
});

const GPU = { software: false, timeslices: true };

describe('countingCpus()', () => {
  it('are those on which the samples began and ended', () => {
    expect(countingCpus([sample(1, 1), sample(1, 0, 1)], GPU)).toMatchObject({ cpus: [0, 1] });
    expect(countingCpus([sample(1, 1)], GPU)).toMatchObject({ cpus: [1] });
  });

  it('are all where the thread may have been elsewhere in between', () => {
    const counting = countingCpus([sample(1, 1, 2)], GPU);
    expect(counting.cpus).toBeNull();
    expect(counting.reason).toMatch(/pin it/);
  });

  it('are all where nobody knows, and on a software device', () => {
    expect(countingCpus([sample(-1, -1)], GPU).cpus).toBeNull();
    expect(countingCpus([sample(1, 1)], { ...GPU, timeslices: false }).cpus).toBeNull();
    expect(countingCpus([sample(1, 1)], { ...GPU, software: true }).cpus).toBeNull();
  });
});

describe('samplingStealOf()', () => {
  it('allows the steal of the CPUs that count, and a tick for each', () => {
    expect(samplingStealOf(count(), { cpus: [1], reason: 'seen' })).toMatchObject({
      cpus: [1],
      cpusReason: 'seen',
      ceilingNs: 6 * TICK_NS,
      totalNs: 8 * TICK_NS,
    });
    expect(samplingStealOf(count(), { cpus: null, reason: 'all' }).ceilingNs).toBe(10 * TICK_NS);
  });

  it('allows anything where a counter that counts is of no use', () => {
    const backwards = count([
      [0, 7],
      [1, 25],
    ]);
    expect(samplingStealOf(backwards, { cpus: null, reason: 'all' }).ceilingNs).toBeNull();
    expect(samplingStealOf(backwards, { cpus: [1], reason: 'seen' }).ceilingNs).toBe(6 * TICK_NS);
    expect(samplingStealOf(count(), { cpus: [7], reason: 'seen' }).ceilingNs).toBeNull();
  });
});
