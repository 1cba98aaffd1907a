import { describe, expect, it } from 'vitest';
import { tenantsMarkdown } from '../../src/tenants/tenants-markdown.ts';
import { sampleTenants, tenantsReport } from './sample-tenants.ts';

describe('tenantsMarkdown()', () => {
  it('begins with the summary and has a row for each tenant', () => {
    const text = tenantsMarkdown(sampleTenants());
    expect(text).toMatch(/^\*\*fairness 1\.000/);
    expect(text).toContain('| 1 `copy[n=1Mi]` | 1.02 ms | 2.04 ms | 2.00x');
  });

  it('makes the matrix a table of victims and neighbours', () => {
    const { phases, groups } = sampleTenants();
    const named = groups.map((group) => ({
      ...group,
      members: group.members.map((member, i) => ({
        ...member,
        workClass: ['bandwidth', 'compute'][i] ?? null,
      })),
    }));
    const text = tenantsMarkdown(tenantsReport(named, phases, {}, 'matrix'));
    expect(text).toContain('| slowed by | bandwidth | compute |');
    expect(text).toMatch(/\| bandwidth \| – \| 2\.00x .*\n\| compute \| 2\.00x .* \| – \|/);
  });
});
