import { expect, test } from 'vitest';
import type { StampClock } from '../../src/timing/clock.ts';
import { openStampClock, type StampClockChoice } from '../../src/timing/open-stamp-clock.ts';

function open(choice: StampClockChoice): StampClock {
  const clock = openStampClock(choice);
  if (!clock.available) throw new Error(clock.reason);
  return clock.value;
}

for (const prefer of ['auto', 'pure-node'] as const) {
  test(`openStampClock() (${prefer}) places a raw reading of the same clock between two stamps`, () => {
    const clock = open({ prefer });
    const beforeNs = clock.nowNs();
    const raw = process.hrtime.bigint();
    const afterNs = clock.nowNs();
    expect(clock.toNs(raw)).toBeGreaterThanOrEqual(beforeNs);
    expect(clock.toNs(raw)).toBeLessThanOrEqual(afterNs);
  });

  test(`openStampClock() (${prefer}) never runs backwards and states a cost below 20 µs`, () => {
    const clock = open({ prefer });
    let lastNs = clock.nowNs();
    for (let i = 0; i < 10_000; i++) {
      const nowNs = clock.nowNs();
      expect(nowNs >= lastNs).toBe(true);
      lastNs = nowNs;
    }
    expect(clock.costNs).toBeGreaterThan(0);
    expect(clock.costNs).toBeLessThan(20_000);
  });
}

test('openStampClock() shares one scale between clocks of one epoch', () => {
  const first = open({});
  const second = open({ prefer: 'pure-node', epochSeconds: first.epochSeconds });
  const beforeNs = first.nowNs();
  const betweenNs = second.nowNs();
  expect(betweenNs).toBeGreaterThanOrEqual(beforeNs);
  expect(first.nowNs()).toBeGreaterThanOrEqual(betweenNs);
});

test('openStampClock() reads CLOCK_MONOTONIC_RAW with koffi only', () => {
  const clock = open({ clock: 'CLOCK_MONOTONIC_RAW' });
  expect(clock.name).toBe('CLOCK_MONOTONIC_RAW');
  expect(clock.nowNs()).toBeLessThan(60e9);
  expect(openStampClock({ clock: 'CLOCK_MONOTONIC_RAW', prefer: 'pure-node' })).toMatchObject({
    available: false,
    reason: expect.stringContaining('needs koffi'),
  });
});
