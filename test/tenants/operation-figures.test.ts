import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { operationFigures } from '../../src/tenants/operation-figures.ts';
import type { TenantRun } from '../../src/tenants/tenants-report.ts';
import { deadRun, phaseOf, samplesOf, tenantRunOf } from './sample-tenants.ts';

const OPTIONS = { seed: 1, resamples: 100, confidence: 0.95 };

function reached(bytes: number): TenantRun {
  const estimate = available({ value: bytes, low: bytes, high: bytes });
  const figure = {
    id: 'reached',
    label: 'memory reached',
    unit: 'B',
    estimate,
    method: 'a filling',
  } as const;
  return tenantRunOf(samplesOf(1e6, 10), { figures: [figure] });
}

describe('operationFigures()', () => {
  it('tells what was reached alone, and in the process that came after a death', () => {
    const alone = [1, 2, 3].map((round) => phaseOf(round, 0, [reached(1000 + round)]));
    const kill = { member: 1, killedNs: 5e6, goneNs: 6e6, newcomer: reached(1000), newcomerGoneNs: 7e6 };
    const together = [phaseOf(1, 1, [tenantRunOf(samplesOf(1e6, 10)), deadRun()], kill)];
    expect(operationFigures([[], alone], together, OPTIONS)).toEqual([
      {
        member: 1,
        id: 'reached',
        label: 'memory reached',
        unit: 'B',
        alone: { available: true, value: expect.objectContaining({ value: 1002 }) },
        together: { available: false, reason: expect.stringContaining('came to its end') },
        newcomer: { available: true, value: { value: 1000, low: 1000, high: 1000 } },
      },
    ]);
  });

  it('is nothing of kernels, which measure times only', () => {
    const phase = phaseOf(1, 0, [tenantRunOf(samplesOf(1e6, 10))]);
    expect(operationFigures([[phase]], [phase], OPTIONS)).toEqual([]);
  });
});
