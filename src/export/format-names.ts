// The formats into which reports can be exported, with a line on each for help. Holds no code of theirs, because help is
// printed without it.

/** What each is for. */
export const EXPORT_FORMATS = {
  trace: 'timeline for Perfetto or Chrome: host, GPU queue, steal',
  csv: 'one row per case and metric, with its interval',
  'samples-csv': 'one row per sample, with every clock',
  parquet: 'the same rows, for DuckDB and pandas (needs --out or a pipe)',
  markdown: 'table for a comment on GitHub',
  prometheus: "text file for the node exporter's textfile collector",
  'github-action-benchmark': 'times, as customSmallerIsBetter',
  'github-action-benchmark-rates': 'rates, as customBiggerIsBetter',
  hyperfine: "the shape of hyperfine's --export-json, a time per run",
} as const;

/** The name of a format on the command line. */
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** A format that is text; the other one is bytes. */
export type TextFormat = Exclude<ExportFormat, 'parquet'>;
