import { describe, expect, it } from 'vitest';
import { tenantsCsv } from '../../src/tenants/tenants-csv.ts';
import { PAIR, sampleTenants, tenantsReport } from './sample-tenants.ts';

const cells = (text: string): readonly (readonly string[])[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('tenantsCsv()', () => {
  it('has a row for each member, with all figures', () => {
    const [names = [], ...rows] = cells(tenantsCsv(sampleTenants(4)));
    expect(rows).toHaveLength(2);
    expect(rows.every(({ length }) => length === names.length)).toBe(true);
    const column = (name: string): readonly number[] => rows.map((row) => Number(row[names.indexOf(name)]));
    expect(column('tenant')).toEqual([1, 2]);
    expect(column('slowdown_wall')[0]).toBeCloseTo(2, 2);
    expect(column('share')[1]).toBeCloseTo(0.125, 2);
    expect(column('fairness')[0]).toBe(column('fairness')[1]);
  });

  it('leaves empty what is not known', () => {
    const [names = [], row = []] = cells(tenantsCsv(tenantsReport(PAIR, [])));
    expect(row[names.indexOf('fairness')]).toBe('');
  });
});
