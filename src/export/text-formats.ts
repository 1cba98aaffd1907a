// The writers of the text formats by their names. Loaded when a format is asked for.
import type { TextFormat } from './format-names.ts';
import { githubActionRates, githubActionTimes } from './github-action-benchmark.ts';
import { hyperfine } from './hyperfine.ts';
import { markdown } from './markdown.ts';
import { metricsCsv } from './metrics-csv.ts';
import type { NamedReports, TextPieces } from './named-report.ts';
import { prometheus } from './prometheus.ts';
import { samplesCsv } from './samples-csv.ts';
import { trace } from './trace.ts';

const WRITERS: Readonly<Record<TextFormat, (reports: NamedReports) => TextPieces>> = {
  trace,
  csv: metricsCsv,
  'samples-csv': samplesCsv,
  markdown,
  prometheus,
  'github-action-benchmark': githubActionTimes,
  'github-action-benchmark-rates': githubActionRates,
  hyperfine,
};

/** The text of reports in a format; reads them as it goes on. */
export function exportText(format: TextFormat, reports: NamedReports): TextPieces {
  return WRITERS[format](reports);
}
