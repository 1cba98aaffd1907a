// How a report that is continued says so, and what it keeps of the session that it began with: the device, the clocks and the
// tier, which a later process must find again. Pure.
import type { SessionRecord } from '../isolation/protocol.ts';
import type { Report } from '../report/report.ts';
import type { ResumptionRecord } from '../report/report-origin.ts';
import type { CaseRun } from '../suite/case-run.ts';
import { isFinished } from './earlier-work.ts';

/** Counts what is added to a report that is continued. */
export interface Resumption {
  /** @param replaced What the new one takes the place of. */
  add(caseId: string, replaced: CaseRun | null): void;
  /** All times that the report was continued; without this one as long as it added nothing. */
  records(): readonly ResumptionRecord[];
}

/** Begins to continue a report; null is one that begins. */
export function beginResumption(earlier: Report | null, startedAt: string): Resumption {
  let addedCaseRuns = 0;
  const replaced: ResumptionRecord['replaced'][number][] = [];
  return {
    add: (caseId, old) => {
      addedCaseRuns++;
      if (old !== null) replaced.push({ caseId, run: old.run, samples: old.samples?.wallNs.length ?? 0 });
    },
    records: () => {
      if (earlier === null) return [];
      if (addedCaseRuns === 0) return earlier.resumed;
      const foundStatus = earlier.status;
      const foundCaseRuns = earlier.results.reduce((sum, { runs }) => sum + runs.length, 0);
      return [
        ...earlier.resumed,
        { startedAt, foundStatus, foundCaseRuns, addedCaseRuns, replaced: [...replaced] },
      ];
    },
  };
}

/** Whether a result takes the place of another one of the same case and run: the user must never be left with less than before. */
export function replaces(caseRun: CaseRun, old: CaseRun): boolean {
  if (isFinished(old)) return false;
  return isFinished(caseRun) || samplesOf(caseRun) > samplesOf(old);
}

function samplesOf({ samples }: CaseRun): number {
  return samples?.wallNs.length ?? 0;
}

/** What the first process of the report found; null where none got so far. */
export function sessionOf(report: Report): SessionRecord | null {
  const { device, attachment, binding, clocks, counters, queueFamilyIndex } = report;
  if (!device.available || !attachment.available || !binding.available || !clocks.available) return null;
  if (queueFamilyIndex === null) return null;
  const { tier, tierTitle: title, tierReason: reason, stealBound, capabilities } = clocks.value;
  const irqTime = capabilities.irqTimeAccounting;
  return {
    device: device.value,
    attachment: attachment.value,
    queueFamilyIndex,
    binding: binding.value,
    clocks: clocks.value,
    // As the rules of the tier have it: only what keeps interrupts apart for certain does.
    verdict: {
      tier,
      title,
      reason,
      stealBound,
      gapIncludesIrq: !(irqTime?.available === true && irqTime.value === false),
    },
    counters,
  };
}
