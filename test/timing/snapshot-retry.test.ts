import { expect, test } from 'vitest';
import { emptySnapshot } from '../../src/timing/clock.ts';
import { medianWidthNs, type ReadOnce, takeNarrowest } from '../../src/timing/snapshot-retry.ts';

/** Reads as scripted, and 100 ns wide and steady where the script has ended. */
function scripted(): {
  readonly read: ReadOnce;
  plan(...readings: [widthNs: number, steady: boolean][]): void;
} {
  const queue: [number, boolean][] = [];
  let reading = 0;
  return {
    read: (into) => {
      const [widthNs, steady] = queue.shift() ?? [100, true];
      into.widthNs = widthNs;
      into.wallNs = ++reading;
      return steady;
    },
    plan: (...readings) => queue.push(...readings),
  };
}

function takeAfter(...readings: [widthNs: number, steady: boolean][]) {
  const clock = scripted();
  const take = takeNarrowest(clock.read);
  clock.plan(...readings);
  const into = emptySnapshot();
  take(into);
  return into;
}

test('takeNarrowest() keeps a first reading that is steady and narrow', () => {
  expect(takeAfter([150, true])).toMatchObject({ widthNs: 150, attempts: 1 });
});

test('takeNarrowest() repeats a reading of twice the median width', () => {
  expect(takeAfter([200, true], [120, true])).toMatchObject({ widthNs: 120, attempts: 2 });
});

test('takeNarrowest() repeats a narrow reading during which the thread was switched out', () => {
  expect(takeAfter([90, false], [120, true])).toMatchObject({ widthNs: 120, attempts: 2 });
});

test('takeNarrowest() keeps the narrowest of eight where none is good', () => {
  const widths = [900, 800, 300, 400, 500, 600, 700, 350];
  const kept = takeAfter(...widths.map((width): [number, boolean] => [width, true]));
  expect(kept).toMatchObject({ widthNs: 300, attempts: 8 });
});

test('medianWidthNs() leaves interrupted readings out', () => {
  const clock = scripted();
  clock.plan(...Array.from({ length: 40 }, (): [number, boolean] => [9999, false]));
  expect(medianWidthNs(clock.read)).toBe(100);
});
