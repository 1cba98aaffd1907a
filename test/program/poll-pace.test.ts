import { expect, test } from 'vitest';
import { nextPauseNs } from '../../src/program/poll-pace.ts';

test('nextPauseNs() starts quickly, and backs off to 100 ms', () => {
  const pauses: number[] = [];
  for (let pauseNs = 0; pauses.length < 9; pauses.push(pauseNs / 1e6)) {
    pauseNs = nextPauseNs({ pauseNs, costNs: 5000, switches: 0, elapsedNs: 0, sharesCpu: false });
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 100]);
});

test('nextPauseNs() never lets looking take more than 1 % of a CPU', () => {
  expect(nextPauseNs({ pauseNs: 0, costNs: 3e6, switches: 0, elapsedNs: 0, sharesCpu: false })).toBe(300e6);
  expect(nextPauseNs({ pauseNs: 100e6, costNs: 20e6, switches: 1e6, elapsedNs: 0, sharesCpu: false })).toBe(
    2e9,
  );
});

test('nextPauseNs() looks sooner where the rings fill up', () => {
  expect(nextPauseNs({ pauseNs: 100e6, costNs: 5000, switches: 5000, elapsedNs: 0, sharesCpu: false })).toBe(
    50e6,
  );
});

test('nextPauseNs() lets looking take no more than 0.2 % of a CPU from a program that has run for a second', () => {
  expect(nextPauseNs({ pauseNs: 100e6, costNs: 3e6, switches: 0, elapsedNs: 2e9, sharesCpu: false })).toBe(
    1.5e9,
  );
  expect(nextPauseNs({ pauseNs: 100e6, costNs: 5000, switches: 0, elapsedNs: 2e9, sharesCpu: false })).toBe(
    100e6,
  );
});

test('nextPauseNs() lets looking take no more than 0.05 % of the only CPU that the program has, from the start', () => {
  expect(nextPauseNs({ pauseNs: 0, costNs: 1e5, switches: 0, elapsedNs: 0, sharesCpu: true })).toBe(200e6);
  expect(nextPauseNs({ pauseNs: 0, costNs: 1e5, switches: 0, elapsedNs: 0, sharesCpu: false })).toBe(10e6);
});
