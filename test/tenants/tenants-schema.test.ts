import { describe, expect, it } from 'vitest';
import { tenantsSchema } from '../../src/tenants/tenants-schema.ts';
import { deadRun, PAIR, phaseOf, sampleKill, sampleTenants, tenantsReport } from './sample-tenants.ts';

describe('tenantsSchema', () => {
  it.each([
    ['a measurement', sampleTenants()],
    ['a death', sampleKill()],
    ['nothing', tenantsReport(PAIR, [phaseOf(1, 1, [deadRun(), deadRun()])])],
  ])('gives back what was written of %s', (_, report) => {
    const written: unknown = JSON.parse(JSON.stringify(report));
    expect(tenantsSchema.safeParse(written).error).toBeUndefined();
    expect(tenantsSchema.parse(written)).toEqual(report);
  });

  it('refuses a phase that has not the members of its group', () => {
    const report = sampleTenants();
    const phases = report.phases.map((phase) => ({ ...phase, group: 0 }));
    expect(tenantsSchema.safeParse({ ...report, phases }).error?.message).toContain('not the members');
  });
});
