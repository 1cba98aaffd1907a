import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { orderReports } from '../../src/history/report-order.ts';
import { dateOf, factsOf } from './sample-history.ts';

describe('orderReports()', () => {
  it('puts reports into the order of time, and keeps where they were', () => {
    const { reports, refused } = orderReports([factsOf(2), factsOf(0), factsOf(1)], null);
    expect(reports.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(refused).toEqual([]);
  });

  it('has no place for what does not tell when it began, each with a sentence', () => {
    const none = factsOf(0, { path: 'h.json', startedAt: unavailable('hyperfine does not say') });
    const odd = factsOf(1, { path: 'o.json', startedAt: available('long ago') });
    const { reports, refused } = orderReports([none, factsOf(3), odd, factsOf(2)], null);
    expect(reports.map(({ index }) => index)).toEqual([3, 1]);
    expect(refused.map(({ message }) => message)).toEqual([
      'Cannot place "h.json" in the history: it does not tell when it began: hyperfine does not say',
      'Cannot place "o.json" in the history: "long ago" is no time at which it can have begun',
    ]);
  });

  it('counts a copy of a report once, and reports of two machines twice', () => {
    const copy = factsOf(0, { path: 'x/0.json' });
    const other = factsOf(0, { path: 'y/0.json', hostname: available('guest-2') });
    const { reports, refused } = orderReports([copy, factsOf(0), other], null);
    expect(reports.map(({ facts }) => facts.path)).toEqual(['reports/0.json', 'y/0.json']);
    expect(refused).toEqual([
      {
        path: 'x/0.json',
        message: 'Cannot place "x/0.json" in the history: it is a copy of "reports/0.json"',
      },
    ]);
  });

  it('leaves out what began before a date, in silence', () => {
    const { reports, refused } = orderReports([factsOf(0), factsOf(1)], Date.parse(dateOf(1)));
    expect([reports.length, refused.length]).toEqual([1, 0]);
  });
});
