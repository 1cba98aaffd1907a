import { expect, it } from 'vitest';
import { samplesCsv } from '../../src/export/samples-csv.ts';
import { caseResult, caseRun, failedCase, sampleColumns, sampleReport } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';
import { readTable } from './read-csv.ts';

it('samplesCsv() has every clock of every sample, and nothing of a wrong case', async () => {
  const samples = sampleColumns([1000.5, 2000], { gpuNs: [1000.5, null] });
  const results = [caseResult({ runs: [caseRun({ samples }), caseRun({ run: 2, samples })] }), failedCase()];
  const rows = readTable(await textOf(samplesCsv(named(sampleReport({ results })))));
  expect(
    rows.map(({ run, sample, iterations, gpuNs, wallNs }) => [run, sample, iterations, gpuNs, wallNs]),
  ).toEqual([
    ['1', '0', '10', '1000.5', '21000.5'],
    ['1', '1', '10', '', '22000'],
    ['2', '0', '10', '1000.5', '21000.5'],
    ['2', '1', '10', '', '22000'],
  ]);
  const [row] = rows;
  for (const [column, values] of Object.entries(samples))
    expect(row?.[column], column).toBe(values[0] === null ? '' : String(values[0]));
});

it('samplesCsv() takes any name', async () => {
  const rows = readTable(await textOf(samplesCsv(named(hostileReport()))));
  expect(rows.length).toBe(6);
});
