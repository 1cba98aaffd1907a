// Around the whole test run: a folder of its own for all temporary files and a mark for all processes, and after it the question
// what is still there. What a run leaves behind fails it, whichever test it was.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSince, RUN_MARK, whatIsThere } from './leftovers.ts';

/** Called by vitest before the tests, once for each of its projects; what it returns is called after them. */
export default function setup(): (() => Promise<void>) | undefined {
  if (process.env[RUN_MARK] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-tests-'));
  process.env[RUN_MARK] = `${process.pid}-${randomBytes(8).toString('hex')}`;
  process.env.TMPDIR = folder;
  const before = whatIsThere();
  return async () => {
    const left = await newSince(before);
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    process.exitCode = 1;
    throw new Error(`The tests left behind: ${left.join(', ')}`);
  };
}
