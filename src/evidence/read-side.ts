// Reads the report files of one side: each becomes evidence and is dropped, so that hundreds fit into memory. A file that
// cannot be used is told of and never stops the others.
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ReportEvidence } from './case-evidence.ts';
import type { RefusedFile, ReportFacts, Side } from './evidence.ts';
import { findReportFiles } from './find-report-files.ts';
import { mergeCases } from './merge-cases.ts';
import { type ReadFile, readEvidence } from './read-evidence.ts';
import { readInThreads } from './read-in-threads.ts';

/** What a caller may want to know or to set. */
export interface ReadOptions {
  /** Called before each file, with how many were begun already and how many there are. */
  readonly onFile?: (path: string, done: number, count: number) => void;
  /** How many threads read; 0 for the caller's own. Default: one per CPU, where there is enough to read. */
  readonly threads?: number;
}

/** Starting a thread takes as long as reading some megabytes. */
const WORTH_THREADS_BYTES = 32 * 2 ** 20;
/** More threads than these wait for the one that takes what they have read. */
const MOST_THREADS = 8;

/**
 * Reads files and folders. Never throws for what they hold: files that cannot be used, names that lead nowhere and folders
 * without reports are in `refused`, each with one sentence.
 */
export async function readSide(paths: readonly string[], options: ReadOptions = {}): Promise<Side> {
  const [side] = await readSides([paths], options);
  return side as Side;
}

/** Reads several sides at once, by the same threads: those that have read a hundred files read the next ones faster. */
export async function readSides(
  sides: readonly (readonly string[])[],
  options: ReadOptions = {},
): Promise<readonly Side[]> {
  const found = sides.map(findReportFiles);
  const files = found.flatMap((side) => side.files);
  const { onFile, threads = threadsFor(files) } = options;
  const begin = (index: number): void => onFile?.(files[index] as string, index, files.length);
  const read = threads > 0 ? await readInThreads(files, threads, begin) : await readHere(files, begin);
  const starts = found.map((_, at) =>
    found.slice(0, at).reduce((sum, before) => sum + before.files.length, 0),
  );
  return found.map((side, at) => {
    const start = starts[at] as number;
    return sideOf(side.refused, read.slice(start, start + side.files.length));
  });
}

async function readHere(
  files: readonly string[],
  begin: (index: number) => void,
): Promise<readonly ReadFile[]> {
  const read: ReadFile[] = [];
  for (const [index, file] of files.entries()) {
    begin(index);
    read.push(await readEvidence(file));
  }
  return read;
}

function threadsFor(files: readonly string[]): number {
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return files.length > 1 && bytes >= WORTH_THREADS_BYTES
    ? Math.min(MOST_THREADS, availableParallelism())
    : 0;
}

function sideOf(missing: readonly RefusedFile[], read: readonly ReadFile[]): Side {
  const refused = [...missing];
  const reports: ReportFacts[] = [];
  const cases = mergeCases();
  for (const { evidence, refused: problem } of read) {
    if (problem !== null) refused.push(problem);
    if (evidence === null) continue;
    cases.add(placed(evidence, reports.length));
    reports.push(evidence.facts);
  }
  return { reports, cases: cases.all(), refused };
}

/** The cases of a report as those of the side's report at this index. */
function placed({ cases }: ReportEvidence, report: number): ReportEvidence['cases'] {
  return cases.map((one) => ({ ...one, runs: one.runs.map((run) => ({ ...run, report })) }));
}
