// Around the whole test run: a folder of its own for all temporary files and a mark for all processes, and after it the question
// what is still there. What a run leaves behind fails it, whichever test it was.
import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { markedPlace, newSince, whatIsThere } from './leftovers.ts';

const MARK = 'GUESTMARK_TEST_RUN';

/** Called by vitest before the tests, once for each of its projects; what it returns is called after them. */
export default function setup(): (() => Promise<void>) | undefined {
  if (process.env[MARK] !== undefined) return undefined;
  const place = markedPlace(MARK, { shared: true });
  const before = whatIsThere(place);
  return async () => {
    using _ = place;
    clearEmptyFolders(place.temporary);
    const left = await newSince(before, place);
    if (left.length === 0) return;
    process.exitCode = 1;
    throw new Error(`The tests left behind: ${left.join(', ')}`);
  };
}

/** A test file that is skipped as a whole clears nothing away: what it made before is an empty folder. */
function clearEmptyFolders(folder: string): void {
  for (const name of readdirSync(folder)) {
    try {
      rmdirSync(join(folder, name));
    } catch {
      // It is a file, or holds something: that is left behind.
    }
  }
}
