// A report with the name under which its user knows it: what every format is made of. Formats take reports one by one, so
// that hundreds of them need not be in memory together, and give text in pieces for the same reason.
import type { Report } from '../report/report.ts';

/** A report and the file that it came from. */
export interface NamedReport {
  /** As the user named it. */
  readonly path: string;
  readonly report: Report;
}

/** Reports that are read when they are asked for. */
export type NamedReports = AsyncIterable<NamedReport>;

/** Whole lines of a text: every piece ends with a line feed. */
export type TextPieces = AsyncIterable<string>;
