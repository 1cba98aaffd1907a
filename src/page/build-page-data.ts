// Collects what the page shows from reports that are read one at a time, so that hundreds fit: a report is added and may then
// be forgotten. Knows no HTML and reads no file.
import type { Comparison } from '../compare/comparison.ts';
import type { CaseEvidence } from '../evidence/evidence.ts';
import type { CaseResult, Report } from '../report/report.ts';
import type { PageCase, PageData, PageEstimate, PageReport, PageResult } from './page-data.ts';
import { pageReport } from './page-report.ts';
import { briefResult, figuresOf, fullResult } from './page-result.ts';
import { withSharedWarnings } from './shared-warnings.ts';

/** With more results (cases times reports) than this the page holds figures alone: samples would make it too large. */
export const MOST_FULL_RESULTS = 300;

/** What the page says besides the reports. */
interface PageFrame {
  readonly tool: PageData['tool'];
  readonly title: string;
  readonly refused: PageData['refused'];
  readonly comparison: Comparison | null;
}

/** A page in the making. */
export interface PageBuilder {
  /** Takes over what the page needs of a report; `cases` is the evidence of the same report. */
  add(report: Report, label: string, cases: readonly CaseEvidence[]): void;
  /** The page so far. */
  finish(frame: PageFrame): PageData;
}

interface GrowingCase extends Omit<PageCase, 'results'> {
  results: (PageResult | null)[];
}

/** Begins a page without reports. In a comparison the reports of the baseline are added first. */
export function pageBuilder(): PageBuilder {
  const reports: PageReport[] = [];
  const cases = new Map<string, GrowingCase>();
  const roofs: { bandwidth: PageEstimate | null; arithmetic: Record<string, PageEstimate> } = {
    bandwidth: null,
    arithmetic: {},
  };
  let [count, isFull] = [0, true];
  const shrink = (): void => {
    isFull = false;
    for (const one of cases.values())
      one.results = one.results.map((result) => (result === null ? null : briefResult(result)));
  };
  return {
    add(report, label, evidence): void {
      const byId = new Map(evidence.map((one) => [one.id, one]));
      // A report whose evidence cannot be shown leaves no trace: in a comparison the place of a report tells its side.
      const told = pageReport(report, label);
      const index = reports.length;
      count += report.results.length;
      if (isFull && count > MOST_FULL_RESULTS) shrink();
      const made = report.results.map((result) =>
        isFull
          ? fullResult(result, byId.get(result.id))
          : briefResult(figuresOf(result, byId.get(result.id))),
      );
      reports.push(told);
      report.results.forEach((result, place) => {
        const page = cases.get(result.id) ?? emptyCase(result);
        cases.set(result.id, page);
        while (page.results.length < index) page.results.push(null);
        page.results[index] = made[place] ?? null;
      });
      addRoofs(report, roofs);
    },
    finish(frame): PageData {
      const held = {
        reports,
        cases: [...cases.values()].map((one) => ({
          ...one,
          results: reports.map((_, index) => one.results[index] ?? null),
        })),
      };
      return { ...frame, ...(isFull ? held : withSharedWarnings(held)), roofs };
    },
  };
}

function emptyCase(result: CaseResult): GrowingCase {
  const { id, benchmark, axes, category, kind, bytes, flops, items, itemName } = result;
  return { id, benchmark, axes, category, kind, bytes, flops, items, itemName, results: [] };
}

/** The first report that measured a roof has it. */
function addRoofs(
  { derived }: Report,
  roofs: { bandwidth: PageEstimate | null; arithmetic: Record<string, PageEstimate> },
): void {
  for (const { id, estimate } of derived) {
    if (!estimate.available) continue;
    const { value, low, high } = estimate.value;
    if (id === 'roofBandwidth') roofs.bandwidth ??= [value, low, high];
    const type = /^roofArithmetic(\w+)$/.exec(id)?.[1]?.toLowerCase();
    if (type !== undefined) roofs.arithmetic[type] ??= [value, low, high];
  }
}
