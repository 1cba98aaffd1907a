// Reads the reports of a fleet in threads and passes on their summaries as they come; of the reports themselves nothing is kept.
// Threads have little memory each: thousands of small reports must not take more than the machine has.
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { askThreads } from '../evidence/ask-threads.ts';
import { refusalOf } from '../evidence/refuse-file.ts';
import { readSummary } from './read-summary.ts';
import type { ReadSummary } from './report-summary.ts';

/** In tests the sources run uncompiled, but a thread needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/merge/summary-worker.js' : './summary-worker.js';

/** Starting a thread takes as long as reading some megabytes. */
const WORTH_THREADS_BYTES = 16 * 2 ** 20;
/** Each takes up to 150 MiB, and four of them read what a disk gives. */
const MOST_THREADS = 4;
/** A third of this is one half: room for what is parsed of a report, so that collecting garbage does not copy it. */
const YOUNG_MIB = 96;
/** Reports up to a sixteenth of this are read: the longest suite writes some tens of megabytes. */
const OLD_MIB = 1024;

/** What becomes of the files. */
export interface SummaryReaders {
  /** Called when a file is begun, with its place. */
  readonly onFile: (index: number) => void;
  /** In any order. */
  readonly onSummary: (index: number, read: ReadSummary) => void;
}

/** Reads the files, each once. */
export async function readSummaries(
  files: readonly string[],
  { onFile, onSummary }: SummaryReaders,
): Promise<void> {
  const threads = threadsFor(files);
  if (threads === 0) {
    for (const [index, file] of files.entries()) {
      onFile(index);
      onSummary(index, await readSummary(file));
    }
    return;
  }
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MIB, maxOldGenerationSizeMb: OLD_MIB };
  await askThreads<ReadSummary>(
    files,
    { entry: new URL(ENTRY, import.meta.url), threads, resourceLimits },
    {
      onFile,
      onAnswer: onSummary,
      lost: (file, error) => ({ summary: null, refused: refusalOf(file, error) }),
    },
  );
}

function threadsFor(files: readonly string[]): number {
  let bytes = 0;
  for (const file of files) {
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes >= WORTH_THREADS_BYTES) return Math.min(MOST_THREADS, availableParallelism());
  }
  return 0;
}
