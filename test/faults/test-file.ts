// Around a test file that has others beside it: a mark and a folder for temporary files of its own within those of the run, so that
// what the others have at work is not taken for what this one left behind.
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { RUN_MARK } from './leftovers.ts';

const folder = mkdtempSync(join(tmpdir(), `${basename(expect.getState().testPath ?? 'test')}-`));
process.env.TMPDIR = folder;
process.env[RUN_MARK] = `${process.env[RUN_MARK]}.${process.pid}.`;

// One that is not empty stays, and fails the run.
afterAll(() => {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
});
