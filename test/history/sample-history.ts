// Folders of reports with known truth, as evidence: one report a day of one machine, whose device times are drawn with a seed.
import { available } from '../../src/base/availability.ts';
import type { CaseEvidence, ReportFacts, RunEvidence, Side } from '../../src/evidence/evidence.ts';
import { HISTORY_DEFAULTS, type History, type HistoryOptions } from '../../src/history/history.ts';
import { historyOf } from '../../src/history/history-of.ts';
import { caseEvidence, drawnRuns, reportFacts } from '../compare/sample-sides.ts';

const TOOL = { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' };

/** One report. */
export interface Day {
  /** Factor of the device time. */
  readonly factor?: number;
  readonly runs?: number;
  readonly facts?: Partial<ReportFacts>;
}

/** `2026-01-01T03:04:05.000Z` and the days after. */
export function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day, 3, 4, 5)).toISOString();
}

/** Facts of a day. */
export function factsOf(day: number, changes: Partial<ReportFacts> = {}): ReportFacts {
  return reportFacts({
    path: `reports/${day}.json`,
    startedAt: available(dateOf(day)),
    processStartsMs: [Date.parse(dateOf(day))],
    ...changes,
  });
}

/** Runs of all days of a case. */
function runsOfDays(days: readonly Day[], seed = 1): readonly RunEvidence[] {
  return days.flatMap(({ factor = 1, runs = 5 }, report) =>
    drawnRuns({ seed: seed * 1000 + report, runs, samples: 15, factor, runEffect: 0.002 }).map((run) => ({
      ...run,
      report,
    })),
  );
}

/** A case of these days. */
export function caseOfDays(
  id: string,
  days: readonly Day[],
  changes: Partial<CaseEvidence> = {},
  seed = 1,
): CaseEvidence {
  return caseEvidence(id, { seed: 1, runs: 0 }, { runs: runsOfDays(days, seed), ...changes });
}

/** A side of these days, all cases with the same factors unless they are given. */
export function sideOf(days: readonly Day[], cases?: readonly CaseEvidence[]): Side {
  return {
    reports: days.map(({ facts }, day) => factsOf(day, facts)),
    cases: cases ?? [caseOfDays('copy[n=16Mi]', days)],
    refused: [],
  };
}

/** `count` days alike, then `more`. */
export function days(count: number, ...more: readonly Day[]): readonly Day[] {
  return [...Array.from({ length: count }, () => ({})), ...more];
}

/** Its history. */
export function sampleHistory(side: Side, options: Partial<HistoryOptions> = {}): History {
  return historyOf(side, { ...HISTORY_DEFAULTS, ...options }, TOOL);
}

/** Twelve days, from the seventh on 5 % slower with another driver. */
export function slowedSide(): Side {
  const driver = available('Example 1.3');
  const later = Array.from({ length: 6 }, () => ({ factor: 1.05, facts: { driver } }));
  return sideOf(days(6, ...later));
}
