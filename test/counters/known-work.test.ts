import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { judgeCounter, knownWork } from '../../src/counters/known-work.ts';

const work = knownWork();
const byJavaScript = knownWork(unavailable('no code can be mapped'));
const seen = (count: number, enabledNs = 500, runningNs = enabledNs): Parameters<typeof judgeCounter>[0] => ({
  count,
  enabledNs,
  runningNs,
});

test('judgeCounter() believes what shows the known work, with what stands around it', () => {
  expect(judgeCounter(seen(2_040_000), work, 'instructions').available).toBe(true);
  expect(judgeCounter(seen(1_020_000), work, 'branches').available).toBe(true);
  expect(judgeCounter(seen(1_000_000), work, 'cycles').available).toBe(true);
  expect(judgeCounter(seen(0), work, undefined).available).toBe(true);
  expect(judgeCounter(seen(6_000_000), byJavaScript, 'instructions').available).toBe(true);
});

test.each([
  ['a count of nothing', seen(0), 'instructions', /does not count right: 0 instructions/],
  ['half of the instructions', seen(1_000_000), 'instructions', /does not count right/],
  ['ten times the branches', seen(10_000_000), 'branches', /does not count right/],
  ['a counter that never ran', seen(0, 500, 0), 'cycles', /it never ran/],
  ['one that was never wanted', seen(0, 0, 0), undefined, /it never ran/],
  [
    'one that ran for half of the time',
    seen(2_100_000, 500, 250),
    'instructions',
    /others hold the counters/,
  ],
] as const)('judgeCounter() does not believe %s', (_, reading, quantity, reason) => {
  const verdict = judgeCounter(reading, work, quantity);
  expect(verdict).toEqual({ available: false, reason: expect.stringMatching(reason) });
});

test('knownWork() is done in a moment, by either loop', () => {
  const start = process.hrtime.bigint();
  work.run();
  byJavaScript.run();
  expect(Number(process.hrtime.bigint() - start)).toBeLessThan(2e9);
});
