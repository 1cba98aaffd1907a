import { describe, expect, it } from 'vitest';
import { rateOf, samplesWithin, sharedWindow } from '../../src/tenants/shared-window.ts';
import { deadRun, samplesOf, tenantRunOf } from './sample-tenants.ts';

describe('sharedWindow()', () => {
  it('goes from a little after the latest start to the earliest end', () => {
    // Ends at 1 + 99 × 1.2 + 1.1 = 120.9 ms; the other one begins at 20 ms and ends later.
    const runs = [samplesOf(1e6, 100), samplesOf(1e6, 200, 20e6)].map((samples) => tenantRunOf(samples));
    const endNs = 1e6 + 99 * 1.2e6 + 1.1e6;
    expect(sharedWindow(runs)).toEqual({
      available: true,
      value: { startNs: 20e6 + 0.05 * (endNs - 20e6), endNs },
    });
  });

  it('is none where a tenant failed, where none sampled together, or where clocks differ', () => {
    const ok = tenantRunOf(samplesOf(1e6, 10));
    const reason = (runs: Parameters<typeof sharedWindow>[0]): string => {
      const window = sharedWindow(runs);
      return window.available ? '' : window.reason;
    };
    expect(reason([ok, deadRun()])).toBe('1 of 2 tenants did not sample to their end');
    expect(reason([])).toMatch(/did not sample/);
    expect(reason([ok, tenantRunOf(samplesOf(1e6, 10, 1e9))])).toMatch(/no time in which all/);
    expect(reason([ok, tenantRunOf(samplesOf(1e6, 10, -5e9))])).toMatch(/clocks of the processes differ/);
  });
});

it('samplesWithin() keeps the samples that lie wholly inside', () => {
  const samples = samplesOf(1e6, 10, 0);
  const { startNs, wallNs, gpuNs } = samplesWithin(samples, { startNs: 1.2e6, endNs: 4.7e6 });
  expect(startNs.map(Math.round)).toEqual([1.2e6, 2.4e6, 3.6e6]);
  expect(wallNs).toHaveLength(3);
  expect(gpuNs).toEqual(wallNs.map((ns) => ns - 10_000));
});

it('rateOf() counts iterations by the starts of samples', () => {
  expect(rateOf(samplesOf(1e6, 11), 4)).toBeCloseTo((10 * 4) / (10 * 1.2e-3), 6);
  expect(rateOf(samplesOf(1e6, 1), 1)).toBeNaN();
  expect(rateOf({ startNs: [] }, 1)).toBeNaN();
});
