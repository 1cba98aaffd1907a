import { describe, expect, it } from 'vitest';
import { sampleKill } from './sample-tenants.ts';

describe('figures of a death', () => {
  const [figures] = sampleKill().figures;

  it('compare the rate of a survivor before it and after the newcomer', () => {
    // A sample each 2.4 ms, and each 1.2 ms.
    expect(figures?.survivors).toEqual([
      {
        member: 0,
        rateBefore: {
          available: true,
          value: expect.objectContaining({ value: expect.closeTo(1 / 2.4e-3, 3) }),
        },
        rateAfter: {
          available: true,
          value: expect.objectContaining({ value: expect.closeTo(1 / 1.2e-3, 3) }),
        },
        verifiedRuns: 1,
        runs: 1,
      },
    ]);
  });

  it('tell when the device was there for another process', () => {
    expect(figures?.recovery).toMatchObject({
      gone: { value: { value: 10e6 } },
      verified: { value: { value: 510e6 } },
      startAlone: { value: { value: 500e6 } },
    });
  });

  it('leave fairness open: who died took its samples along', () => {
    expect(figures?.fairness.available).toBe(false);
  });
});
