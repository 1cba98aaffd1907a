// Makes the summary of a report: the median time of every run by clock, what the node lost while it measured, and the state of its
// GPU. Takes what src/report computes of a run; judges nothing.
import { type Available, available, unavailable, valueOrUndefined } from '../base/availability.ts';
import { reportFacts } from '../evidence/report-facts.ts';
import { columnOf, ledgerShare, type SampledRun, sampledRuns } from '../report/case-samples.ts';
import { timestampProblem } from '../report/device-timestamps.ts';
import { notDoubling } from '../report/not-doubling.ts';
import type { CaseResult, Report } from '../report/report.ts';
import { stealShare } from '../report/steal-share.ts';
import { median } from '../stats/quantile.ts';
import { deviceSigns } from './device-signs.ts';
import type { FleetCase, FleetNodeState } from './fleet-report.ts';
import type { CaseSummary, ReportSummary } from './report-summary.ts';
import { waitedShare } from './waited-share.ts';

/** The summary of a report that lies at `path`. */
export function summarizeReport(report: Report, path: string): ReportSummary {
  const periodNs = report.device.available ? report.device.value.limits.timestampPeriodNs : null;
  const measured = report.results.map((result) => measuredCase(result, periodNs));
  return {
    facts: reportFacts(report, path),
    deviceKey: deviceKey(report),
    status: report.status,
    statusReason: report.statusReason,
    cases: measured.map(caseSummary),
    state: stateOf(report, measured),
  };
}

/** A case with the runs that may be reported. */
interface MeasuredCase {
  readonly result: CaseResult;
  readonly runs: readonly SampledRun[];
  /** Why the times of the device cannot be true; null where they can. */
  readonly clockProblem: string | null;
}

function measuredCase(result: CaseResult, periodNs: number | null): MeasuredCase {
  const runs = sampledRuns(result.runs).filter(({ samples }) => samples.wallNs.length > 0);
  return { result, runs, clockProblem: timestampProblem(runs, periodNs) };
}

/** What tells the devices of one machine apart. */
function deviceKey({ device }: Report): string {
  if (!device.available) return 'no device';
  const { pciAddress, uuid, name } = device.value;
  return valueOrUndefined(pciAddress) ?? valueOrUndefined(uuid) ?? name;
}

function caseSummary({ result, runs, clockProblem }: MeasuredCase): CaseSummary {
  const { id, benchmark, axes, kind, category } = result;
  return {
    ...{ id, benchmark, axes, kind, category },
    rate: clockProblem === null && notDoubling(runs) === null ? rateOf(result) : null,
    runMedians: [
      clockProblem === null ? mediansOf(columnOf(runs, 'gpuNs', 'iteration')) : [],
      mediansOf(columnOf(runs, 'wallNs', 'iteration')),
      // Without what certainly delayed a sample: as the value of a report's corrected wall time.
      mediansOf(columnOf(runs, 'correctedHighNs', 'iteration')),
    ],
    failure: runs.length > 0 ? null : failureOf(result),
  };
}

function mediansOf(runs: readonly Float64Array[]): readonly number[] {
  return runs.filter(({ length }) => length > 0).map(median);
}

/** Categories of what does more than move bytes. */
const COMPUTING: readonly (string | null)[] = [
  'arithmetic',
  'matrix',
  'synchronization',
  'patterns',
  'models',
];

/** What is told first of its kind: operations or items of what computes, bytes of all else. */
function rateOf({ kind, category, bytes, flops, items, warnings }: CaseResult): FleetCase['rate'] {
  if (kind === 'latency' || warnings.some(({ id }) => id === 'impossible-rate')) return null;
  const computed = flops === null ? null : ({ unit: 'FLOP/s', amount: flops } as const);
  const moved = bytes === null ? null : ({ unit: 'B/s', amount: bytes } as const);
  const done = items === null ? null : ({ unit: '1/s', amount: items } as const);
  return COMPUTING.includes(category) ? (computed ?? done ?? moved) : (moved ?? computed ?? done);
}

/** The first reason; of a case without any, that the run did not come to it. */
function failureOf({ runs, status }: CaseResult): string {
  for (const { failure, skipReason } of runs) {
    const reason = failure?.message ?? skipReason;
    if (reason !== null) return reason;
  }
  return status === 'pending' ? 'the run ended before it came to this case' : 'no sample was taken';
}

function stateOf(report: Report, measured: readonly MeasuredCase[]): FleetNodeState {
  const exit = report.machine.available ? report.machine.value.exitCost : report.machine;
  return {
    ...deviceSigns(report),
    stealShare: meanSteal(measured),
    runQueueShare: meanShare(measured, waitedShare, 'no sample tells how long it waited for a CPU'),
    throttledShare: meanShare(measured, throttledShare, 'no sample tells of a quota'),
    exitCostNs: exit.available ? available(exit.value.medianNs) : unavailable(exit.reason),
  };
}

function meanSteal(measured: readonly MeasuredCase[]): FleetNodeState['stealShare'] {
  const shares = measured.flatMap(({ runs }) => stealShare(runs) ?? []);
  const [low, high] = [mean(shares.map((one) => one.low)), mean(shares.map((one) => one.high))];
  return Number.isFinite(low) && Number.isFinite(high)
    ? available({ low, high })
    : unavailable('no sample tells what was stolen');
}

function throttledShare(runs: readonly SampledRun[]): number | null {
  return ledgerShare(runs, 'throttledNs');
}

function meanShare(
  measured: readonly MeasuredCase[],
  shareOf: (runs: readonly SampledRun[]) => number | null,
  reason: string,
): Available<number> {
  const shares = measured.flatMap(({ runs }) => shareOf(runs) ?? []);
  const share = mean(shares);
  return Number.isFinite(share) ? available(share) : unavailable(reason);
}

/** NaN of none. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
