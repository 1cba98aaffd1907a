import { expect, test } from 'vitest';
import { gapCounts } from '../../../bench/parts/gap-counts.ts';

function valuesOf(counts: ReturnType<typeof gapCounts>) {
  return Object.fromEntries(
    counts.figures().map(({ id, estimate }) => [id, estimate.available ? estimate.value.value : null]),
  );
}

test('gapCounts() counts each gap above every threshold that it exceeds, and takes a turn off each', () => {
  const counts = gapCounts({ cycleNs: 0.5, turnNs: 10 });
  expect(counts.leastCycles).toBe(2000);
  for (const cycles of [2020, 20_020, 20_020, 4_000_020]) counts.add(cycles);
  counts.end(20e6, 0);
  expect(valuesOf(counts)).toEqual({
    gapsAbove1us: 400,
    shareAbove1us: 0.2021,
    gapsAbove10us: 300,
    shareAbove10us: 0.202,
    gapsAbove100us: 100,
    shareAbove100us: 0.2,
    gapsAbove1ms: 100,
    shareAbove1ms: 0.2,
    longestGap: 2_000_010,
  });
});

test('gapCounts() counts a step backwards as none, and tells nothing where gaps were lost', () => {
  const counts = gapCounts({ cycleNs: 1, turnNs: 10 });
  counts.add(2 ** 64 - 4096);
  counts.end(1e6, 0);
  expect([counts.backwards(), counts.loops(), valuesOf(counts).gapsAbove1us]).toEqual([1, 1, 0]);
  counts.end(1e6, 3);
  expect(counts.figures().every(({ estimate }) => !estimate.available)).toBe(true);
});

test('gapCounts() tells nothing of gaps that are no longer than some turns', () => {
  const counts = gapCounts({ cycleNs: 1, turnNs: 1500 });
  expect(counts.leastCycles).toBe(7500);
  counts.add(20_000);
  counts.end(1e6, 0);
  const { gapsAbove1us, gapsAbove10us } = valuesOf(counts);
  expect([gapsAbove1us, gapsAbove10us]).toEqual([null, 1000]);
});
