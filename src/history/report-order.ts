// Brings reports into the order of time, and says which cannot have a place in it. Knows nothing of what they measured.
import type { RefusedFile, ReportFacts } from '../evidence/evidence.ts';

/** A report with its place among those that were read. */
export interface TimedReport {
  /** Index into `Side.reports`. */
  readonly index: number;
  readonly startMs: number;
  readonly facts: ReportFacts;
}

/** What has a place, and what has none. */
export interface OrderedReports {
  readonly reports: readonly TimedReport[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Orders reports by when they began, and by their paths where that is the same. A report without a beginning has no place, and one
 * that is there twice (a copy of a file) has one only, because twice the same runs are no more evidence.
 */
export function orderReports(facts: readonly ReportFacts[], sinceMs: number | null): OrderedReports {
  const refused: RefusedFile[] = [];
  const reports: TimedReport[] = [];
  const refuse = (path: string, why: string): void => {
    refused.push({ path, message: `Cannot place "${path}" in the history: ${why}` });
  };
  const timed = facts.map((one, index) => ({ index, startMs: startOf(one), facts: one }));
  for (const one of timed.toSorted(byTime)) {
    const before = reports.at(-1);
    if (Number.isNaN(one.startMs)) refuse(one.facts.path, noTime(one.facts));
    else if (before !== undefined && isCopy(before, one))
      refuse(one.facts.path, `it is a copy of "${before.facts.path}"`);
    else if (sinceMs === null || one.startMs >= sinceMs) reports.push(one);
  }
  return { reports, refused };
}

function startOf({ startedAt }: ReportFacts): number {
  return startedAt.available ? Date.parse(startedAt.value) : Number.NaN;
}

function noTime({ startedAt }: ReportFacts): string {
  return startedAt.available
    ? `"${startedAt.value.slice(0, 40)}" is no time at which it can have begun`
    : `it does not tell when it began: ${startedAt.reason}`;
}

/** Reports of one time by path; those without one last. */
function byTime(a: TimedReport, b: TimedReport): number {
  const difference = a.startMs - b.startMs;
  if (Number.isNaN(difference)) return Number(Number.isNaN(a.startMs)) - Number(Number.isNaN(b.startMs));
  return difference !== 0 ? difference : a.facts.path < b.facts.path ? -1 : 1;
}

/** Runs of two reports cannot begin at the same milliseconds on the same machine. */
function isCopy(a: TimedReport, b: TimedReport): boolean {
  const mark = ({ startMs, facts }: TimedReport): string =>
    JSON.stringify([startMs, facts.producer, facts.hostname, facts.device, facts.processStartsMs]);
  return mark(a) === mark(b);
}
