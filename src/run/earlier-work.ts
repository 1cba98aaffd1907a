// What a report holds already, so that a run which goes on later does the rest and nothing twice. A run that begins has none of
// it; both grow in the same way. Pure.
import type { CaseResult } from '../report/report.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { ExpectedOutput } from '../suite/verify-case.ts';

/** What is known from one run to the next. */
export interface EarlierWork {
  /** By the id of the case: the runs in which it came to its end. */
  readonly finished: Map<string, Set<number>>;
  /** Cases that did not end within their limit, and in which run first: they are not waited for again. */
  readonly hanging: Map<string, number>;
  /** The output of the first run of a case that went well: a later one that has it is right, and some must have it. */
  readonly outputs: Map<string, ExpectedOutput>;
}

/** The work in the results of a report. */
export function earlierWork(results: readonly Pick<CaseResult, 'id' | 'runs'>[]): EarlierWork {
  const work: EarlierWork = { finished: new Map(), hanging: new Map(), outputs: new Map() };
  for (const { id, runs } of results) for (const caseRun of runs) addWork(work, id, caseRun);
  return work;
}

/** Adds what one process measured of a case; runs come in their order. */
export function addWork({ finished, hanging, outputs }: EarlierWork, id: string, caseRun: CaseRun): void {
  const { run, status, failure, outputSha256, verifiedBefore } = caseRun;
  if (isFinished(caseRun)) finished.set(id, (finished.get(id) ?? new Set()).add(run));
  if (failure?.kind === 'timeout' && !hanging.has(id)) hanging.set(id, run);
  if (status === 'ok' && outputSha256.available && !outputs.has(id))
    outputs.set(id, { run, sha256: outputSha256.value, checked: verifiedBefore });
}

/**
 * Whether a case came to its end, good or bad: a failure is a result, and what the user cut off while sampling is none. But an
 * output that is wrong after fewer samples is wrong: a good one behind it must not take its place. And where the device did not
 * open, nobody tried the case.
 */
export function isFinished({ stopReason, failure }: Pick<CaseRun, 'stopReason' | 'failure'>): boolean {
  if (failure?.kind === 'device') return false;
  return stopReason !== 'interrupted' || failure?.kind === 'verification';
}

/** Whether a case is missing in a run. */
export function isMissing({ finished }: EarlierWork, id: string, run: number): boolean {
  return finished.get(id)?.has(run) !== true;
}

/** How many case runs are missing. */
export function missingCount(work: EarlierWork, ids: readonly string[], runs: number): number {
  let count = 0;
  for (let run = 1; run <= runs; run++) count += ids.filter((id) => isMissing(work, id, run)).length;
  return count;
}

/** The run before this one in which the case did not end within its limit; null where it always did. */
export function hungBefore({ hanging }: EarlierWork, id: string, run: number): number | null {
  const hung = hanging.get(id);
  return hung !== undefined && hung < run ? hung : null;
}
