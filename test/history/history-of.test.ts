import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { historySchema } from '../../src/history/history-schema.ts';
import { caseOfDays, dateOf, days, sampleHistory, sideOf, slowedSide } from './sample-history.ts';

describe('historyOf()', () => {
  it('finds where a case became 5 % slower, with the driver that changed there', () => {
    const { series } = sampleHistory(slowedSide());
    expect(series).toHaveLength(1);
    const [{ changes = [], events = [], latest } = {}] = series;
    expect(changes).toEqual([
      {
        point: 6,
        verdict: 'slower',
        ratio: {
          value: expect.closeTo(1.05, 2),
          low: expect.closeTo(1.047, 2),
          high: expect.closeTo(1.053, 2),
        },
        p: expect.closeTo(0, 3),
        statement: expect.stringMatching(
          /^slower between report 6 \(2026-01-06 03:04\) and 7 \(2026-01-07 03:04\): \+[45]\.\d+ % .*, p <0\.001; driver: Example 1\.2 → Example 1\.3 changed there$/,
        ),
      },
    ]);
    expect(events).toEqual([
      { point: 6, id: 'driver', what: 'driver', before: 'Example 1.2', after: 'Example 1.3' },
    ]);
    expect(latest).toMatchObject({ points: 5, verdict: 'same' });
  });

  it('tells of a rate the other way round: slower is less', () => {
    const { series } = sampleHistory(slowedSide(), { metric: 'bandwidth' });
    expect(series[0]).toMatchObject({ metric: 'bandwidth', unit: 'B/s', better: 'higher' });
    expect(series[0]?.changes[0]).toMatchObject({
      verdict: 'slower',
      ratio: { value: expect.closeTo(0.952, 2) },
    });
    expect(series[0]?.points[0]?.value).toBeCloseTo(1e9, -8);
  });

  it('finds nothing where nothing changed, and a latest report that is slower', () => {
    const [quiet] = sampleHistory(sideOf(days(12))).series;
    expect(quiet?.changes).toEqual([]);
    const [slower] = sampleHistory(sideOf(days(12, { factor: 1.1 }))).series;
    expect([slower?.changes, slower?.latest.verdict]).toEqual([[], 'slower']);
  });

  it('has a series for every device and machine, each in its own order of time', () => {
    const facts = (name: string): object => ({ facts: { hostname: available(name) } });
    const side = sideOf([
      facts('a'),
      facts('b'),
      facts('a'),
      facts('b'),
      { facts: { device: available('Other') } },
    ]);
    const { series } = sampleHistory(side);
    expect(series.map(({ points }) => points.map(({ report }) => report))).toEqual([[0, 2], [1, 3], [4]]);
    expect(series.map(({ hostname }) => hostname)).toMatchObject([
      { value: 'a' },
      { value: 'b' },
      { value: 'guest-1' },
    ]);
  });

  it('is the same whatever the order of the files, and points keep their intervals without earlier reports', () => {
    const side = slowedSide();
    const reversed = {
      ...side,
      reports: side.reports.toReversed(),
      cases: side.cases.map((one) => ({
        ...one,
        runs: one.runs.map((run) => ({ ...run, report: side.reports.length - 1 - run.report })),
      })),
    };
    expect(sampleHistory(reversed)).toEqual(sampleHistory(side));
    const late = sampleHistory(side, { sinceMs: Date.parse(dateOf(3)) });
    const values = (history: typeof late): unknown =>
      history.series[0]?.points.map(({ value, low, high }) => [value, low, high]);
    expect(values(late)).toEqual((values(sampleHistory(side)) as unknown[]).slice(3));
    expect(sampleHistory(side, { seed: 2 })).not.toEqual(sampleHistory(side));
  });

  it('keeps the latest points of each series', () => {
    const { series, reports } = sampleHistory(slowedSide(), { last: 4 });
    expect(series[0]?.points.map(({ report }) => report)).toEqual([8, 9, 10, 11]);
    expect(reports).toHaveLength(12);
    expect(series[0]?.events).toEqual([]);
  });

  it('says of which cases there is nothing to show', () => {
    const none = caseOfDays('broken', [], { problems: ['its output is wrong'] });
    const side = sideOf(days(2));
    const { series, unmeasured } = sampleHistory({ ...side, cases: [...side.cases, none] });
    expect(series).toHaveLength(1);
    expect(unmeasured).toEqual([{ caseId: 'broken', reason: 'its output is wrong' }]);
  });

  it.each([
    ['a change', sampleHistory(slowedSide())],
    ['one report', sampleHistory(sideOf([{}]))],
    [
      'nothing',
      sampleHistory({ reports: [], cases: [], refused: [{ path: 'a', message: 'Cannot read it' }] }),
    ],
  ])('fits its schema with %s', (_, history) => {
    const written = JSON.parse(JSON.stringify(history)) as unknown;
    expect(historySchema.safeParse(written).error).toBeUndefined();
    expect(historySchema.parse(written)).toEqual(history);
  });
});
