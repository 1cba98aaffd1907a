// The last line that a run writes: where the report is, and how one that was interrupted is continued. Can be copied: it is not broken.
import type { Report } from './report.ts';

/** `Report: run.json`. */
export function savedLine({ status }: Pick<Report, 'status'>, path: string): string {
  if (status !== 'partial') return `Report: ${path}`;
  return `Report: ${path} (partial); \`guestmark run --out ${shellWord(path)} --resume\` continues it`;
}

/** As a shell takes it. */
export function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
