// Reads many report files on all CPUs: parsing them is pure computing, and a thread of its own also has room for the garbage of
// a whole file. What is read does not depend on how many threads there are.
import { askThreads } from './ask-threads.ts';
import type { ReadFile } from './read-evidence.ts';
import { refusalOf } from './refuse-file.ts';

/** In tests the sources run uncompiled, but a thread needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/evidence/read-worker.js' : './read-worker.js';

/** A parsed report takes some 10 MiB: collecting garbage while it is in use copies it for nothing. A third of this is one half of it. */
const YOUNG_MIB = 192;

/**
 * Reads the files, at most `threads` at a time; the results have their order.
 *
 * @param onFile Called when a file is begun, with its place.
 */
export async function readInThreads(
  files: readonly string[],
  threads: number,
  onFile: (index: number) => void,
): Promise<readonly ReadFile[]> {
  const results: ReadFile[] = [];
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MIB };
  await askThreads<ReadFile>(
    files,
    { entry: new URL(ENTRY, import.meta.url), threads, resourceLimits },
    {
      onFile,
      onAnswer: (index, read) => {
        results[index] = read;
      },
      lost: (file, error) => ({ evidence: null, refused: refusalOf(file, error) }),
    },
  );
  return results;
}
