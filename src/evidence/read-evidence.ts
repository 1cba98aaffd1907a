// One file, read: its evidence, or one sentence why there is none. Never throws for what a file holds, and is plain data either
// way, so that a thread can do it for another one.
import type { ReportEvidence } from './case-evidence.ts';
import type { RefusedFile } from './evidence.ts';
import { readJson } from './read-json.ts';
import { refusalOf } from './refuse-file.ts';
import { valueEvidence } from './value-evidence.ts';

/** One of the two is null. The runs carry 0 as their report. */
export interface ReadFile {
  readonly evidence: ReportEvidence | null;
  readonly refused: RefusedFile | null;
}

/** Reads a file of any known kind. */
export async function readEvidence(path: string): Promise<ReadFile> {
  try {
    return { evidence: await valueEvidence(readJson(path), path, 0), refused: null };
  } catch (error) {
    return { evidence: null, refused: refusalOf(path, error) };
  }
}
