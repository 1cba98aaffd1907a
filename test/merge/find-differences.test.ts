import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { reportFacts } from '../../src/evidence/report-facts.ts';
import type { KeptReport } from '../../src/merge/collect-reports.ts';
import { findDifferences } from '../../src/merge/find-differences.ts';
import { sampleReport } from '../report/sample-report.ts';

const facts = reportFacts(sampleReport({}), 'a.json');

const node = (name: string, changes: Partial<typeof facts> = {}) => ({
  name,
  reports: [{ facts: { ...facts, ...changes } } as Partial<KeptReport> as KeptReport],
});

describe('findDifferences()', () => {
  it('finds none where all are alike', () => {
    expect(findDifferences([node('a'), node('b')])).toEqual([]);
    expect(findDifferences([])).toEqual([]);
  });

  it('tells each value with how many have it, the most frequent first, and who is the first', () => {
    const old = { driver: available('NVIDIA 535.104.05') };
    expect(
      findDifferences([node('a', old), node('b'), node('c'), node('d', { driver: unavailable('none') })]),
    ).toEqual([
      {
        what: 'driver',
        values: [
          { value: facts.driver.available ? facts.driver.value : '', nodes: 2, first: 'b' },
          { value: 'NVIDIA 535.104.05', nodes: 1, first: 'a' },
          { value: 'unknown', nodes: 1, first: 'd' },
        ],
      },
    ]);
  });

  it('tells settings by their own names, also one that every object has', () => {
    const settings = { ...facts.settings, wait: 'spin', constructor: '1' };
    const found = findDifferences([node('a'), node('b', { settings })]);
    expect(found.map(({ what }) => what)).toEqual(['setting wait', 'setting constructor']);
  });
});
