// Cases in the shape of hyperfine's `--export-json` (1.x), for the scripts that read it. Its `times` are those of single runs
// of a program; here each is the median wall time of one process, so that what is computed of them treats processes as the
// unit of evidence, as guestmark does. User and system time are left out: the report has their sum only.
import { sampledRuns } from '../report/case-samples.ts';
import type { CaseResult } from '../report/report.ts';
import { median } from '../stats/quantile.ts';
import { standardDeviation } from '../stats/standard-deviation.ts';
import type { NamedReports, TextPieces } from './named-report.ts';
import { oneLine, reportIdentity } from './report-identity.ts';

/** Times in seconds. */
interface HyperfineResult {
  readonly command: string;
  readonly mean: number;
  /** Null of a single run, as hyperfine has it. */
  readonly stddev: number | null;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly times: readonly number[];
  readonly exit_codes: readonly number[];
  /** hyperfine has parameters as text. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface NamedResult {
  readonly path: string;
  readonly result: HyperfineResult;
}

/** All measured cases; a case of several reports carries the name of its file. */
export async function* hyperfine(reports: NamedReports): TextPieces {
  const named: NamedResult[] = [];
  for await (const { path, report } of reports) {
    const { device } = reportIdentity(report);
    for (const result of report.results)
      named.push(...resultOf(result, device ?? 'unknown device').map((one) => ({ path, result: one })));
  }
  yield `${JSON.stringify({ results: toldApart(named) }, null, 2)}\n`;
}

function toldApart(named: readonly NamedResult[]): readonly HyperfineResult[] {
  const counts = new Map<string, number>();
  for (const { result } of named) counts.set(result.command, (counts.get(result.command) ?? 0) + 1);
  return named.map(({ path, result }) =>
    counts.get(result.command) === 1
      ? result
      : { ...result, command: `${result.command} (${oneLine(path)})` },
  );
}

function resultOf({ id, runs, axes }: CaseResult, device: string): readonly HyperfineResult[] {
  const times = sampledRuns(runs)
    .filter(({ samples }) => samples.wallNs.length > 0)
    .map(({ samples, iterations }) => median(samples.wallNs) / iterations / 1e9);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  // Of no time at all, too.
  if (!Number.isFinite(mean)) return [];
  const deviation = standardDeviation(times);
  return [
    {
      command: `${oneLine(id)} on ${device}`,
      mean,
      stddev: Number.isFinite(deviation) ? deviation : null,
      median: median(times),
      min: Math.min(...times),
      max: Math.max(...times),
      times,
      exit_codes: times.map(() => 0),
      parameters: Object.fromEntries(
        Object.entries(axes).map(([axis, value]) => [oneLine(axis), String(value)]),
      ),
    },
  ];
}
