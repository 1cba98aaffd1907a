// Reads the report files of one side, one at a time: each becomes evidence and is dropped before the next, so that hundreds
// fit into memory. A file that cannot be used is told of and never stops the others.
import type { RefusedFile, ReportFacts, Side } from './evidence.ts';
import { findReportFiles } from './find-report-files.ts';
import { mergeCases } from './merge-cases.ts';
import { readJson } from './read-json.ts';
import { refusalOf } from './refuse-file.ts';
import { valueEvidence } from './value-evidence.ts';

/** What a caller may want to know meanwhile. */
export interface ReadOptions {
  /** Called before each file, with how many were read already and how many there are. */
  readonly onFile?: (path: string, done: number, count: number) => void;
}

/**
 * Reads files and folders. Never throws for what they hold: files that cannot be used, names that lead nowhere and folders
 * without reports are in `refused`, each with one sentence.
 */
export async function readSide(paths: readonly string[], { onFile }: ReadOptions = {}): Promise<Side> {
  const { files, refused: missing } = findReportFiles(paths);
  const refused: RefusedFile[] = [...missing];
  const reports: ReportFacts[] = [];
  const cases = mergeCases();
  for (const [index, file] of files.entries()) {
    onFile?.(file, index, files.length);
    try {
      const evidence = await valueEvidence(readJson(file), file, reports.length);
      reports.push(evidence.facts);
      cases.add(evidence.cases);
    } catch (error) {
      refused.push(refusalOf(file, error));
    }
  }
  return { reports, cases: cases.all(), refused };
}
