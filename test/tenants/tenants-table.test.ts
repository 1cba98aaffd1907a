import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { tenantsTable } from '../../src/tenants/tenants-table.ts';
import { deadRun, PAIR, phaseOf, sampleKill, sampleTenants, tenantsReport } from './sample-tenants.ts';

const table = (report = sampleTenants(), width = 140): string =>
  tenantsTable(report, { width, color: false });

describe('tenantsTable()', () => {
  it('says on the first screen what a reader wants', () => {
    const text = table();
    expect(text).toContain('2 tenants on Example GPU, Example 1.2; 3 rounds of 2.00 s; 2 CPUs; tier A');
    expect(text).toMatch(/1 copy +1\.02 ms +2\.04 ms +2\.00x \(1\.\d+–2\.\d+\)/);
    expect(text).toMatch(/^fairness +1\.000 \(1\.000–1\.000\): Jain's index/m);
    expect(text).toMatch(/^total +1\.00/m);
    expect(text).toContain('3 rounds, which cannot promise more than 75 %');
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^fairness 1\.000 .*, total /);
  });

  it.each([80, 100, 120])('fits %i columns', (width) => {
    for (const line of table(sampleTenants(), width).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it('tells of a software device, of tenants that failed, and of validation', () => {
    const device = available({ name: 'llvmpipe', driver: 'Mesa', software: true });
    const phases = [phaseOf(1, 1, [deadRun(), deadRun()])];
    const text = table(tenantsReport(PAIR, phases, { device, validation: ['error VUID-1: bad'] }));
    expect(text).toContain('SOFTWARE DEVICE, no GPU');
    expect(text).toContain('round 1, tenant 2 copy[n=1Mi]: its process was ended by SIGKILL');
    expect(text).toContain('validation: error VUID-1: bad');
  });

  it('warns where a tenant alone waited for a CPU, and not where it hardly did', () => {
    expect(table()).not.toContain('something else ran');
    const { figures, ...report } = sampleTenants();
    const busy = figures.map((group) => ({
      ...group,
      members: group.members.map((one) => ({
        ...one,
        alone: { ...one.alone, waitingThreads: available(1.2) },
      })),
    }));
    const text = table({ ...report, figures: busy }, 400);
    expect(text.match(/1\.2 of its threads waited for a CPU of this guest on average/g)).toHaveLength(1);
  });

  it('tells of survivors and of recovery, and not of the death as a failure', () => {
    const text = table(sampleKill());
    expect(text).toContain(
      'tenant 1: 417 /s before the death, 833 /s after it; 1 of 1 run complete and verified',
    );
    expect(text).toContain('first right result of another process 510 ms');
    expect(text).not.toContain('SIGKILL');
    expect(text).not.toContain('Jain');
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '1 of 1 run beside the death complete and verified; first right result of another process 510 ms after it',
    );
  });
});
