import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { parseCpuTimes } from '../../src/timing/cpu-times.ts';

test('parseCpuTimes() adds up each CPU row by its id, and not guest time twice', () => {
  const text = 'cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 1 2 4 8 16 32 64 128 1 2\ncpu3 5 0 0 7\nintr 5\n';
  expect(parseCpuTimes(text)).toEqual(
    available(
      new Map([
        [0, { busyTicks: 1 + 2 + 4 + 32 + 64, idleTicks: 24, stealTicks: 128 }],
        [3, { busyTicks: 5, idleTicks: 7, stealTicks: 0 }],
      ]),
    ),
  );
});

test('parseCpuTimes() refuses text without CPU rows', () => {
  expect(parseCpuTimes('cpu  1 2 3 4\n')).toEqual(unavailable('/proc/stat: no CPU rows'));
});
