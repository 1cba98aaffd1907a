// The least run that measures something, for faults of the machine around it: its command line, and what must hold of its report.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';

/** One case of the module test/fixtures/modules/marked.mjs, with everything switched on that a machine may refuse. */
export const TINY_RUN = [
  'run',
  'marked[k=1]',
  '--module',
  'test/fixtures/modules/marked.mjs',
  ...['--device', 'llvmpipe', '--runs', '1', '--min-time', '1ms', '--max-time', '5ms'],
] as const;

/** The report at `path`: valid, complete, and every case of it measured. */
export function measuredReport(path: string): Report {
  const report = parseReport(readFileSync(path, 'utf8'), path);
  expect(report.status).toBe('complete');
  for (const { id, status, runs } of report.results) {
    expect({ id, status }).toEqual({ id, status: 'ok' });
    expect(runs.every(({ samples }) => samples !== null && samples.wallNs.length > 0)).toBe(true);
  }
  return report;
}
