// Why a case has no figures, or not those of all its runs: one sentence each, as its runs tell it. Judges nothing.
import type { CaseResult } from '../report/report.ts';

/** Failures and reasons for skipping, each once; empty where every run went well. */
export function caseProblems({ status, runs }: Pick<CaseResult, 'status' | 'runs'>): readonly string[] {
  const problems = runs.flatMap(({ failure, skipReason }) => failure?.message ?? skipReason ?? []);
  const unsaid = runs.length === 0 ? [`the case is ${status}: it was not measured`] : [];
  return [...new Set([...problems, ...unsaid])];
}
