import { expect, it } from 'vitest';
import { metricsCsv } from '../../src/export/metrics-csv.ts';
import { caseResult, sampleReport, skippedCase } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';
import { readTable } from './read-csv.ts';

it('metricsCsv() has a row for every metric of every case and report, and one for a case without any', async () => {
  const result = caseResult();
  const report = sampleReport({ results: [result, skippedCase()] });
  const rows = readTable(await textOf(metricsCsv(named(report, report))));
  expect(rows.length).toBe(2 * (result.metrics.length + 1));
  const [first] = rows;
  const [metric] = result.metrics;
  expect(first).toMatchObject({
    report: 'runs/1.json',
    device: 'Example GPU 9000',
    tier: 'A',
    case: result.id,
    axes: JSON.stringify(result.axes),
    runs: '5',
    samples: '150',
    metric: metric?.id,
    value: String(metric?.value),
    low: String(metric?.low),
    high: String(metric?.high),
    problem: '',
  });
  expect(rows.at(-1)).toMatchObject({
    report: 'runs/2.json',
    status: 'skipped',
    metric: '',
    value: '',
    problem: expect.stringContaining('maxStorageBufferRange'),
  });
});

it('metricsCsv() takes any name, and makes no formula of one', async () => {
  const text = await textOf(metricsCsv(named(hostileReport())));
  const rows = readTable(text);
  expect(rows.map(({ status }) => status)).toContain('failed');
  for (const row of rows)
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@]|(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  expect(text).not.toMatch(/NaN|Infinity/);
});
