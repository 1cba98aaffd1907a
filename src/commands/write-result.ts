// Writes what was made of reports, a comparison or a history, to standard output or a file, in the format that is asked for or
// that the name of the file says. Knows nothing of what it says.
import { saveText } from '../report/write-report.ts';
import type { ResultFormat } from './result-options.ts';
import type { Terminal } from './terminal.ts';

/** How wide and how coloured. */
interface ResultLayout {
  readonly width: number;
  readonly color: boolean;
}

/** A result, and how it is written in each format; as JSON it is itself. */
export interface Result {
  /** For messages: `comparison`. */
  readonly what: string;
  readonly value: object;
  /** What standard output gets where the result goes to a file. */
  readonly summary: () => string;
  readonly table: (layout: ResultLayout) => string;
  readonly markdown: () => string;
  readonly csv: () => string;
}

/** The width of a table in a file, where no terminal says one. */
const FILE_WIDTH = 120;

/**
 * Writes it.
 *
 * @param path The file; null for standard output.
 * @throws GuestmarkError (output) where the file cannot be written.
 */
export function writeResult(
  result: Result,
  format: ResultFormat | null,
  path: string | null,
  terminal: Terminal,
): void {
  if (path === null) {
    terminal.print(rendered(result, format ?? 'table', { width: terminal.width, color: terminal.color }));
    return;
  }
  const layout = { width: FILE_WIDTH, color: false };
  saveText(path, rendered(result, format ?? formatOf(path), layout), result.what);
  const name = `${result.what.charAt(0).toUpperCase()}${result.what.slice(1)}`;
  terminal.print(`${result.summary()}\n${name}: ${path}`);
}

/** By the name of the file. */
export function formatOf(path: string): ResultFormat {
  if (path.endsWith('.md') || path.endsWith('.markdown')) return 'markdown';
  if (path.endsWith('.csv')) return 'csv';
  return path.endsWith('.json') ? 'json' : 'table';
}

function rendered(result: Result, format: ResultFormat, layout: ResultLayout): string {
  if (format === 'markdown') return result.markdown();
  if (format === 'csv') return result.csv();
  return format === 'json' ? `${JSON.stringify(result.value, null, 2)}\n` : result.table(layout);
}
