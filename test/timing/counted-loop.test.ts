import { expect, test } from 'vitest';
import { openCountedLoop } from '../../src/timing/counted-loop.ts';

const loop = openCountedLoop();
if (!loop.available) console.warn(`counted-loop: tests are skipped: ${loop.reason}`);

test.skipIf(!loop.available)('openCountedLoop() takes longer for more turns, which no CPU can avoid', () => {
  if (!loop.available) return;
  const run = loop.value;
  const leastNs = (turns: number): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const start = process.hrtime.bigint();
        run(turns);
        return Number(process.hrtime.bigint() - start);
      }),
    );
  run(1);
  expect(leastNs(4_000_000)).toBeGreaterThan(4 * leastNs(100_000));
});

test.skipIf(!loop.available)('openCountedLoop() refuses what would run for 2^32 turns', () => {
  if (!loop.available) return;
  expect(() => loop.value(0)).toThrow('Cannot loop for 0 turns');
  expect(() => loop.value(2 ** 32)).toThrow(RangeError);
});
