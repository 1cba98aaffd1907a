import { describe, expect, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { measureAllSources, measureSources, takeClockCensus } from '../../src/timing/clock-census.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';

describe('takeClockCensus()', () => {
  test('looks at sources, windows and drift on one CPU, and gives the thread its CPUs back', async () => {
    const before = allowedCpus(systemFiles());
    const census = await takeClockCensus({ windows: 20, spanNs: 1e6, pin: 'auto' });
    expect(allowedCpus(systemFiles())).toEqual(before);
    const { cpu, nullWindows, drifts, loopCost, sources } = census;
    if (cpu.pinned.available) expect(cpu.end).toEqual({ available: true, value: cpu.pinned.value.cpu });
    expect(nullWindows.map((survey) => survey.available && survey.value.windows)).toEqual([20, 20]);
    // One process cannot tell two of its clocks apart, so the bound must hold.
    const own = drifts.find(({ clock }) => clock === 'performance.now')?.drift;
    if (own?.available !== true) throw new Error('the clock of this process does not move');
    expect(Math.abs(own.value.ppm)).toBeLessThanOrEqual(own.value.boundPpm + 1);
    const costs = sources.flatMap(({ measured }) => (measured.available ? [measured.value.cost.minNs] : []));
    expect(loopCost.minNs).toBeLessThan(Math.min(...costs));
  });

  test('refuses a CPU that the thread may not run on', async () => {
    await expect(takeClockCensus({ pin: 99_999 })).rejects.toThrow('Cannot pin to CPU 99999');
  });
});

test('measureSources() measures those that are named, and knows no others', () => {
  const [stamp, stat] = measureSources(['stamp', '/proc/stat'], { costLimitNs: 1e6, stepLimitNs: 1e6 });
  expect([stamp?.name, stat?.name]).toEqual(['stamp', '/proc/stat']);
  expect(stamp?.measured).toMatchObject({ value: { cost: { medianNs: expect.any(Number) } } });
  expect(() => measureSources(['sundial'])).toThrow(/"sundial": there is no such source/);
});

test('measureAllSources() has a figure or a reason for each, also when it may not take long', () => {
  const startMs = performance.now();
  const records = measureAllSources({ costLimitNs: 1e6, stepLimitNs: 1e6 });
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(records.length).toBeGreaterThan(15);
  for (const { name, measured } of records) {
    if (measured.available) expect([name, measured.value.cost.medianNs > 0]).toEqual([name, true]);
    else expect(measured.reason).toMatch(/\w{3}/);
  }
});
