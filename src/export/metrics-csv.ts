// The metrics of reports as a tidy table: one row per report, case and metric, with the interval and with what tells the
// report from others. A case without any metric has one row that says why.
import { sampleCount, sampledRuns } from '../report/case-samples.ts';
import type { CaseResult, Metric } from '../report/report.ts';
import { caseProblems } from './case-problems.ts';
import { type Cell, csvLine } from './csv-text.ts';
import type { NamedReport, NamedReports, TextPieces } from './named-report.ts';
import { IDENTITY_COLUMNS, reportIdentity } from './report-identity.ts';

const IDENTITY = [...IDENTITY_COLUMNS, 'guestmark'];
const CASE = ['case', 'benchmark', 'axes', 'status', 'runs', 'samples'];
const METRIC = ['metric', 'unit', 'value', 'low', 'high', 'method', 'problem'];

/** The table with its header line, in the units of the report: times in ns, rates per second. */
export async function* metricsCsv(reports: NamedReports): TextPieces {
  yield csvLine([...IDENTITY, ...CASE, ...METRIC]);
  for await (const named of reports) yield* rowsOf(named);
}

function* rowsOf({ path, report }: NamedReport): Iterable<string> {
  const { startedAt, host, device, driver, hypervisor, attachment, tier, toolVersion } =
    reportIdentity(report);
  const who = [path, startedAt, host, device, driver, hypervisor, attachment, tier, toolVersion];
  for (const result of report.results) yield caseRows(who, result);
}

function caseRows(who: readonly Cell[], result: CaseResult): string {
  const runs = sampledRuns(result.runs);
  const what = [
    result.id,
    result.benchmark,
    JSON.stringify(result.axes),
    result.status,
    runs.length,
    sampleCount(runs),
  ];
  const problem = caseProblems(result).join('; ');
  const rows = result.metrics.length === 0 ? [NO_METRIC] : result.metrics.map(metricCells);
  return rows.map((cells) => csvLine([...who, ...what, ...cells, problem === '' ? null : problem])).join('');
}

const NO_METRIC: readonly Cell[] = [null, null, null, null, null, null];

function metricCells({ id, unit, value, low, high, method }: Metric): readonly Cell[] {
  return [id, unit, value, low, high, method];
}
