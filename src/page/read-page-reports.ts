// Reads report files for a page, one at a time: what the page needs of each, and the evidence that a comparison needs, in one
// reading. A file that cannot be used is told of and never stops the others.
import { loadPart } from '../base/load-part.ts';
import { evidenceOf } from '../evidence/case-evidence.ts';
import type { RefusedFile, ReportFacts, Side } from '../evidence/evidence.ts';
import { findReportFiles } from '../evidence/find-report-files.ts';
import { mergeCases } from '../evidence/merge-cases.ts';
import { readJson } from '../evidence/read-json.ts';
import { refusalOf } from '../evidence/refuse-file.ts';
import type { PageBuilder } from './build-page-data.ts';

/** Adds every report to the page and gives all of them as one side; never throws for what a file holds. */
export async function readPageReports(
  paths: readonly string[],
  builder: PageBuilder,
  onFile: (path: string, done: number, count: number) => void,
): Promise<Side> {
  const { checkReport } = await loadPart(import('../report/parse-report.ts'));
  const { files, refused: missing } = findReportFiles(paths);
  const refused: RefusedFile[] = [...missing];
  const reports: ReportFacts[] = [];
  const cases = mergeCases();
  for (const [index, file] of files.entries()) {
    onFile(file, index, files.length);
    try {
      const report = checkReport(await readJson(file), file);
      const evidence = evidenceOf(report, file, reports.length);
      builder.add(report, file, evidence.cases);
      reports.push(evidence.facts);
      cases.add(evidence.cases);
    } catch (error) {
      refused.push(refusalOf(file, error));
    }
  }
  return { reports, cases: cases.all(), refused };
}
