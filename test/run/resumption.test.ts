import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { beginResumption, replaces, sessionOf } from '../../src/run/resumption.ts';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';

const START = '2026-01-03T00:00:00.000Z';
const cut = (samples: number) =>
  caseRun({ stopReason: 'interrupted', samples: sampleColumns(around(1e6, samples)) });

describe('beginResumption()', () => {
  it('says nothing of a report that begins, nor of a part that added nothing', () => {
    const fresh = beginResumption(null, START);
    fresh.add('a', null);
    expect(fresh.records()).toEqual([]);
    expect(beginResumption(sampleReport({ status: 'running' }), START).records()).toEqual([]);
  });

  it('counts what was there, what came, and what was replaced', () => {
    const earlier = { startedAt: 'then', foundStatus: 'partial', foundCaseRuns: 1 } as const;
    const first = { ...earlier, addedCaseRuns: 2, replaced: [] };
    const results = [caseResult({ runs: [caseRun(), cut(7)] }), caseResult({ runs: [caseRun()] })];
    const report = sampleReport({ status: 'running', results, resumed: [first] });
    const resumption = beginResumption(report, START);
    resumption.add('a', null);
    resumption.add('b', cut(7));
    expect(resumption.records()).toEqual([
      first,
      {
        startedAt: START,
        foundStatus: 'running',
        foundCaseRuns: 3,
        addedCaseRuns: 2,
        replaced: [{ caseId: 'b', run: 1, samples: 7 }],
      },
    ]);
  });
});

describe('replaces()', () => {
  it.each([
    ['a whole run', 'a whole run', caseRun(), caseRun(), false],
    ['a whole run', 'one that was cut off', caseRun(), cut(50), true],
    ['a longer one', 'one that was cut off', cut(8), cut(7), true],
    ['a shorter one', 'one that was cut off', cut(6), cut(7), false],
    ['one that was cut off', 'a whole run', cut(90), caseRun(), false],
  ])('tells whether %s takes the place of %s', (_, __, later, earlier, expected) => {
    expect(replaces(later, earlier)).toBe(expected);
  });
});

describe('sessionOf()', () => {
  it('gives what the first process found, and the tier as its rules had it', () => {
    const report = sampleReport();
    const session = sessionOf(report);
    expect(session).toMatchObject({ queueFamilyIndex: 0, verdict: { tier: 'A', gapIncludesIrq: true } });
    if (!report.clocks.available) throw new Error('the sample report lacks its clocks');
    const apart = { available: true, value: false, source: 'config' } as const;
    const clocks = { ...report.clocks.value, capabilities: { irqTimeAccounting: apart } };
    const told = sessionOf({ ...report, clocks: { available: true, value: clocks } });
    expect(told?.verdict).toMatchObject({ title: 'steal measured', gapIncludesIrq: false });
  });

  it('gives none where no process got so far', () => {
    expect(sessionOf(sampleReport({ device: unavailable('not opened') }))).toBeNull();
    expect(sessionOf(sampleReport({ queueFamilyIndex: null }))).toBeNull();
  });
});
