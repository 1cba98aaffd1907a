import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { timeReportSchema } from '../../src/report/schema-time.ts';
import { sampleRun } from '../program/sample-run.ts';
import { sampleTimeReport } from './sample-time-report.ts';

describe('timeReportSchema', () => {
  test('accepts a report as it comes out of JSON', () => {
    const report = sampleTimeReport();
    expect(timeReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test.each([
    ['a summary of other runs', { runs: [] }],
    ['an unknown field', { extra: 1 }],
    ['a run that ended in two ways', { runs: [sampleRun({ signal: 'SIGKILL' })] }],
    ['a run that did not end', { runs: [sampleRun({ exitCode: null })] }],
    [
      'bounds upside down',
      { runs: [sampleRun({ stealNs: available({ lowNs: 2, highNs: 1, reason: 'r' }) })] },
    ],
    ['a negative time', { runs: [sampleRun({ cpuNs: -1 })] }],
  ])('refuses %s', (_, overrides) => {
    expect(timeReportSchema.safeParse({ ...sampleTimeReport(), ...overrides }).success).toBe(false);
  });
});
