import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { evidenceOf } from '../../src/evidence/case-evidence.ts';
import { MOST_FULL_RESULTS, pageBuilder } from '../../src/page/build-page-data.ts';
import type { PageData } from '../../src/page/page-data.ts';
import { renderPage } from '../../src/page/render-page.ts';
import type { Report } from '../../src/report/report.ts';
import { failedCase, sampleReport, skippedCase } from '../report/sample-report.ts';
import { ASSETS, likePattern, pageData, sampleData, sweptCases } from './sample-page.ts';

const FRAME = { tool: { name: 'guestmark', version: '0.1.0' }, title: 'Many', refused: [], comparison: null };
const WARNING = {
  id: 'few-runs',
  message: '2 runs: an interval of 95 % takes at least 5',
  advice: 'use --runs 5',
};

describe('pageBuilder()', () => {
  it('keeps metrics as they are, and samples thinned alike', () => {
    const [report] = [sampleReport({ results: sweptCases() })];
    const result = sampleData().cases[1]?.results[0];
    const held = report.results[1];
    expect(result?.metrics).toEqual(
      Object.fromEntries((held?.metrics ?? []).map(({ id, value, low, high }) => [id, [value, low, high]])),
    );
    const { gpuTime = [], wallTime = [], correctedWallHigh = [] } = result?.clocks ?? {};
    expect([gpuTime, wallTime, correctedWallHigh].map((runs) => runs.map(({ length }) => length))).toEqual([
      [300, 300],
      [300, 300],
      [300, 300],
    ]);
    const columns = held?.runs[0]?.samples;
    expect(gpuTime[0]?.at(-1)).toBe(Number(((columns?.gpuNs[399] ?? 0) / 10).toPrecision(6)));
    expect(result?.samples).toBe(800);
    expect(result?.timeline).toHaveLength(100);
    expect(result?.timeline[1]?.startNs).toBeCloseTo(
      (columns?.startNs[1] ?? 0) - (columns?.startNs[0] ?? 0),
      -1,
    );
    expect(result?.parts.map(({ id }) => id)).toContain('device');
  });

  it('tells failures and skips with their reason, and gives no figures for them', () => {
    const data = pageData([sampleReport({ results: [failedCase(), skippedCase()] })]);
    const [failed, skipped] = data.cases.map(({ results }) => results[0]);
    expect(failed).toMatchObject({ status: 'failed', metrics: {}, clocks: {} });
    expect(failed?.problem).toContain('its output is wrong before timing');
    expect(skipped?.problem).toContain('the device allows 128 MiB');
  });

  it('has null where a report lacks a case, whichever comes first', () => {
    const [one, two] = ['a', 'b'].map((id) => sampleReport({ results: [likePattern({ id })] }));
    const data = pageData([one, two].flatMap((report) => report ?? []));
    expect(data.cases.map(({ id, results }) => [id, results.map((result) => result !== null)])).toEqual([
      ['a', [true, false]],
      ['b', [false, true]],
    ]);
  });

  it('knows what it does not know of a machine', () => {
    const report = sampleReport({
      machine: unavailable('it was not looked at'),
      device: unavailable('no device'),
      clocks: unavailable('no child'),
      attachment: unavailable('no device'),
    });
    const [page] = pageData([report]).reports;
    expect(page).toMatchObject({
      device: null,
      driver: null,
      hypervisor: null,
      attachment: null,
      tier: null,
    });
    expect(page?.environment).toContainEqual({
      label: 'device',
      value: '–',
      source: 'no device',
      confidence: null,
    });
  });

  it('goes on with figures alone when there are too many, also of those that it had in full', () => {
    const report = sampleReport({
      results: Array.from({ length: MOST_FULL_RESULTS / 2 }, (_, index) =>
        likePattern({ id: `c${index}`, warnings: [WARNING] }),
      ),
    });
    const of = (count: number): PageData => {
      const builder = pageBuilder();
      for (let number = 0; number < count; number++) builder.add(report, `${number}.json`, []);
      return builder.finish(FRAME);
    };
    const few = of(2);
    expect(few.cases[0]?.results[1]?.clocks.gpuTime).toHaveLength(2);
    const many = of(3);
    for (const result of many.cases[0]?.results ?? [])
      expect(result).toMatchObject({ clocks: {}, timeline: [], warnings: [], samples: 60 });
    expect(many.cases[0]?.results[0]?.metrics.gpuTime).toEqual(few.cases[0]?.results[0]?.metrics.gpuTime);
    expect(
      many.reports.map(({ warnings }) => warnings.map(({ message, advice }) => [message, advice])),
    ).toEqual([
      [[`all cases: ${WARNING.message}`, WARNING.advice]],
      [[`all cases: ${WARNING.message}`, null]],
      [[`all cases: ${WARNING.message}`, null]],
    ]);
  });
});

describe('a page of 200 reports of 60 cases', () => {
  it('is below 12 MB', () => {
    const messages = [
      '2 of 2 runs ran out of time before the median was known to 1 %',
      'run medians of gpuTime lie between 6.78 ms and 11.2 ms',
    ];
    const irregular = (value: number, index: number): number => value * (1 + Math.sqrt(2 + index) / 1e3);
    const builder = pageBuilder();
    // A few reports stand for all: making them is not what is budgeted here.
    const reports = [0, 1, 2, 3].map((kind) =>
      sampleReport({
        results: Array.from({ length: 60 }, (_, index) => {
          const own = messages.slice(index % 3);
          const warnings = own.map((message) => ({ id: 'unstable', message, advice: 'wait' }));
          return likePattern({ id: `case[n=${index}]`, warnings }, irregular(1, kind * 60 + index));
        }),
      }),
    );
    const { cases } = evidenceOf(reports[0] as Report, 'report-0.json');
    for (let number = 0; number < 200; number++)
      builder.add(reports[number % 4] as Report, `report-${number}.json`, cases);
    const data = builder.finish(FRAME);
    const html = renderPage(data, ASSETS);
    expect(data.cases.map(({ results }) => results.length)).toEqual(new Array(60).fill(200));
    expect(html.length).toBeGreaterThan(4e6);
    expect(Buffer.byteLength(html)).toBeLessThan(12e6);
  });
});
