// Every sample of reports as a row, with every clock as the report has it: of the whole submission, in ns. Runs that failed
// are left out, and all runs of a case whose output was wrong.
import { type SampledRun, sampledRuns } from '../report/case-samples.ts';
import { csvLine } from './csv-text.ts';
import type { NamedReport, NamedReports, TextPieces } from './named-report.ts';
import { reportIdentity } from './report-identity.ts';
import { SAMPLE_COLUMNS } from './sample-columns.ts';

/** The table with its header line. */
export async function* samplesCsv(reports: NamedReports): TextPieces {
  yield csvLine(['report', 'device', 'case', 'run', 'sample', 'iterations', ...SAMPLE_COLUMNS]);
  for await (const named of reports) yield* runsOf(named);
}

function* runsOf({ path, report }: NamedReport): Iterable<string> {
  const { device } = reportIdentity(report);
  for (const { id, runs } of report.results) {
    for (const run of sampledRuns(runs)) {
      // What is the same in all rows of a run is written once.
      const start = csvLine([path, device, id, run.run]).trimEnd();
      if (run.samples.wallNs.length > 0) yield runRows(start, run);
    }
  }
}

function runRows(start: string, { samples, iterations }: SampledRun): string {
  const columns = SAMPLE_COLUMNS.map((column) => samples[column]);
  const rows = samples.wallNs.map(
    (_, i) => `${start},${csvLine([i, iterations, ...columns.map((values) => values[i] ?? null)])}`,
  );
  return rows.join('');
}
