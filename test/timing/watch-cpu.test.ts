import { expect, it } from 'vitest';
import { chooseWatchCpu } from '../../src/timing/watch-cpu.ts';

it('chooseWatchCpu() takes the last CPU that is not the measured one', () => {
  expect(chooseWatchCpu('auto', [0, 1, 2], 1)).toMatchObject({ value: 2 });
  expect(chooseWatchCpu('auto', [0, 1, 2], 2)).toMatchObject({ value: 1 });
  expect(chooseWatchCpu('auto', [3], null)).toMatchObject({ value: 3 });
});

it('chooseWatchCpu() refuses to compete with the measured thread', () => {
  expect(chooseWatchCpu('auto', [3], 3)).toMatchObject({ reason: expect.stringContaining('only CPU 3') });
  expect(chooseWatchCpu(1, [0, 1], 1)).toMatchObject({ reason: expect.stringContaining('would take it') });
  expect(chooseWatchCpu(1, [0, 1], null)).toMatchObject({ value: 1 });
});

it('chooseWatchCpu() names the CPUs there are', () => {
  expect(chooseWatchCpu(7, [0, 1], null)).toMatchObject({ reason: expect.stringContaining('(0, 1)') });
  expect(chooseWatchCpu('auto', [], null).available).toBe(false);
});
