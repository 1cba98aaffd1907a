import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { parseCpuSteal, readCpuSteal, tickLength } from '../../src/timing/cpu-steal.ts';

describe('parseCpuSteal()', () => {
  test('reads the eighth number of each CPU row and not the total', () => {
    const text =
      'cpu  10 0 10 100 0 0 0 77 0 0\ncpu0 5 0 5 50 0 0 0 30 0 0\ncpu1 5 0 5 50 0 0 0 47 0 0\nintr 9\n';
    expect(parseCpuSteal(text)).toEqual(
      available(
        new Map([
          [0, 30],
          [1, 47],
        ]),
      ),
    );
  });

  test('knows CPUs by id when some are offline', () => {
    const text = 'cpu  0 0 0 0 0 0 0 9 0 0\ncpu0 0 0 0 0 0 0 0 4 0 0\ncpu3 0 0 0 0 0 0 0 5 0 0\n';
    expect(parseCpuSteal(text)).toEqual(
      available(
        new Map([
          [0, 4],
          [3, 5],
        ]),
      ),
    );
  });

  test('says that a kernel has no steal column, instead of 0', () => {
    expect(parseCpuSteal('cpu  1 2 3 4\ncpu0 1 2 3 4\n')).toEqual(unavailable('/proc/stat: no steal column'));
  });

  test('refuses text that is no number, and text without CPU rows', () => {
    expect(parseCpuSteal('cpu0 0 0 0 0 0 0 0 x 0 0')).toEqual(
      unavailable('/proc/stat: steal of CPU 0 is "x"'),
    );
    expect(parseCpuSteal('intr 5\n')).toEqual(unavailable('/proc/stat: no CPU rows'));
  });
});

test('readCpuSteal() reads this machine, with at least CPU 0 or another one', () => {
  const steal = readCpuSteal(systemFiles());
  expect(steal.available && steal.value.size).toBeGreaterThan(0);
});

test('tickLength() is 10 ms here and says how it knows', () => {
  expect(tickLength()).toEqual({ tickNs: 1e7, source: 'sysconf(_SC_CLK_TCK)' });
});
