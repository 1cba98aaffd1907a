// What every snapshot clock must do, run on koffi, pure Node and the simulated thread. The bounds are
// loose on purpose: a real thread shares its machine with other work.
import { expect, test } from 'vitest';
import { emptyBrief, type SnapshotClock, type ThreadSnapshot } from '../../src/timing/clock.ts';
import { median } from '../../src/timing/median.ts';
import { type Segment, segment } from '../../src/timing/segment.ts';
import { verdictA } from './verdicts.ts';

/** A clock and a way to spend the time of its thread. */
export interface ClockUnderTest {
  readonly clock: SnapshotClock;
  run(durationNs: number): void;
  block(durationNs: number): void;
}

/** Spends time for real. */
export const realTime: Omit<ClockUnderTest, 'clock'> = {
  run: (durationNs) => {
    const endMs = performance.now() + durationNs / 1e6;
    while (performance.now() < endMs);
  },
  block: (durationNs) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationNs / 1e6);
  },
};

/** Declares the contract's tests. */
export function snapshotClockContract(name: string, open: () => ClockUnderTest): void {
  const within = (
    work: (on: ClockUnderTest) => void,
  ): { part: Segment; from: ThreadSnapshot; to: ThreadSnapshot } => {
    const on = open();
    using clock = on.clock;
    const from = clock.newSnapshot();
    const to = clock.newSnapshot();
    clock.take(from);
    work(on);
    clock.take(to);
    return { part: segment(from, to, clock, verdictA), from, to };
  };
  const value = (maybe: Segment['cpuNs']): number => {
    if (!maybe.available) throw new Error(maybe.reason);
    return maybe.value;
  };

  test(`${name} take() fills every field with a finite number that is not negative`, () => {
    const { from, to } = within((on) => on.run(1e5));
    for (const [name, value] of [...Object.entries(from), ...Object.entries(to)]) {
      expect(Number.isFinite(value), name).toBe(true);
      expect(value, name).toBeGreaterThanOrEqual(name === 'cpu' ? -1 : 0);
    }
    expect(to.attempts).toBeGreaterThanOrEqual(1);
    expect(to.attempts).toBeLessThanOrEqual(8);
  });

  test(`${name} take() overwrites its record and leaves the others alone`, () => {
    const on = open();
    using clock = on.clock;
    const first = clock.newSnapshot();
    const second = clock.newSnapshot();
    clock.take(first);
    const kept = { ...first };
    on.run(1e5);
    clock.take(second);
    expect(first).toEqual(kept);
    expect(second.wallNs - first.wallNs).toBeGreaterThanOrEqual(1e5);
  });

  test(`${name} takeBrief() lies between the snapshots around it, in time and in CPU time`, () => {
    const on = open();
    using clock = on.clock;
    const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
    const between = emptyBrief();
    clock.take(from);
    on.run(2e5);
    clock.takeBrief(between);
    on.block(2e6);
    clock.take(to);
    expect(between.wallNs - from.wallNs).toBeGreaterThanOrEqual(2e5 - between.widthNs);
    expect(to.wallNs - between.wallNs).toBeGreaterThanOrEqual(2e6 - between.widthNs);
    expect(between.cpuNs).toBeGreaterThan(from.cpuNs);
    expect(to.cpuNs).toBeGreaterThanOrEqual(between.cpuNs);
    expect(to.voluntarySwitches).toBeGreaterThan(between.voluntarySwitches);
    expect(between.voluntarySwitches).toBeGreaterThanOrEqual(from.voluntarySwitches);
  });

  test(`${name} counts computing as CPU time or waiting, and closes within its bound`, () => {
    const gaps: number[] = [];
    const bounds: number[] = [];
    for (let i = 0; i < 60; i++) {
      const { part } = within((on) => on.run(2e5));
      expect(part.wallNs).toBeGreaterThanOrEqual(2e5);
      expect(value(part.cpuNs)).toBeLessThanOrEqual(part.wallNs + part.boundNs + 1e5);
      gaps.push(Math.abs(value(part.stealAndBlockedNs)));
      bounds.push(part.boundNs);
    }
    expect(median(gaps)).toBeLessThanOrEqual(median(bounds) + 1000);
  });

  test(`${name} does not count sleeping as CPU time, and never calls the thread unblocked`, () => {
    const { part } = within((on) => on.block(3e7));
    expect(part.blocked).not.toBe('no');
    expect(value(part.cpuNs)).toBeLessThan(part.wallNs / 2);
    expect(value(part.stealAndBlockedNs) + value(part.runQueueNs)).toBeGreaterThan(2.5e7);
  });

  test(`${name} can be disposed of after use`, () => {
    const { clock } = open();
    clock.take(clock.newSnapshot());
    expect(() => clock[Symbol.dispose]()).not.toThrow();
  });
}
