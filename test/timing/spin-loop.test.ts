import { expect, test } from 'vitest';
import { openSpinLoop } from '../../src/timing/spin-loop.ts';

const loop = openSpinLoop();
if (!loop.available) console.warn(`spin-loop: tests are skipped: ${loop.reason}`);

test.skipIf(!loop.available)(
  'openSpinLoop() keeps every gap that is long enough, and counts the others',
  () => {
    if (!loop.available) return;
    const { run, cycles, gaps, kept, gapCycles } = loop.value;
    // Every turn is a gap longer than nothing.
    run(100, 0);
    expect([gaps(), kept()]).toEqual([100, 100]);
    const sum = Array.from({ length: 100 }, (_, index) => gapCycles(index)).reduce((a, b) => a + b, 0);
    expect(sum).toBe(cycles());
    run(5000, 0);
    expect([gaps(), kept()]).toEqual([5000, 2048]);
    expect(() => run(0, 0)).toThrow('Cannot spin for 0 turns');
  },
);

test.skipIf(!loop.available)('openSpinLoop() finds the gaps in a longer spin, none of them too short', () => {
  if (!loop.available) return;
  const { run, cycles, gaps, kept, gapCycles } = loop.value;
  const leastCycles = 100_000;
  run(1_000_000, leastCycles);
  expect(gaps()).toBeLessThan(1000);
  let sum = 0;
  for (let index = 0; index < kept(); index++) {
    expect(gapCycles(index)).toBeGreaterThan(leastCycles);
    sum += gapCycles(index);
  }
  expect(sum).toBeLessThanOrEqual(cycles());
});
