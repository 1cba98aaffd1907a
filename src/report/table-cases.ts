// The rows of the terminal table, one per case. Figures come from the metrics; nothing is computed here
// that the report does not hold.
import { formatNs, formatNsRange } from '../base/units.ts';
import type { CaseRun } from '../suite/case-run.ts';
import { sampleCount, sampledRuns } from './case-samples.ts';
import type { Column, Row } from './columns.ts';
import { figureText } from './figure-text.ts';
import type { Painted } from './paint.ts';
import { formatPercentRange, formatPlusMinus } from './percent.ts';
import type { CaseResult, Metric } from './report.ts';
import { thresholdText } from './threshold-text.ts';

const NONE = '–';

/** How the cases are shown. */
export interface CaseRowOptions {
  /** Marks every row, because the figures are not those of a GPU. */
  readonly software: boolean;
  /** Warnings that every case has; a row does not repeat them. */
  readonly shared: ReadonlySet<string>;
}

/** The columns of the case rows. */
export function caseColumns(software: boolean): readonly Column[] {
  const heading = (text: string): Painted => ({ text, style: 'heading' });
  return [
    { heading: heading('case'), wraps: true },
    { heading: heading(software ? 'SOFTWARE time' : 'GPU time'), align: 'right' },
    { heading: heading('wall time\nwithout steal'), align: 'right' },
    { heading: heading('rate'), align: 'right' },
    { heading: heading('stolen'), align: 'right' },
    { heading: heading('ok') },
  ];
}

/** The row of a case, with its notes, failure or reason under it. */
export function caseRow(result: CaseResult, { software, shared }: CaseRowOptions): Row {
  const outcome = outcomeOf(result);
  if (outcome !== null) return { ...outcome, cells: [shownId(result, software), ...outcome.cells] };
  const below = noteLines(result, shared);
  return {
    cells: [
      shownId(result, software),
      timeCell(result, 'gpuTime'),
      wallCell(result),
      rateCell(result),
      stolenCell(result),
      verifiedCell(result),
    ],
    ...(below.length === 0 ? {} : { below }),
  };
}

/** The id, marked where the device is none. */
export function shownId({ id }: CaseResult, software: boolean): string {
  return software ? `${id} (software)` : id;
}

/** Of a case without figures: one cell beside its id, and what is to be told under it; null where there are figures. */
export function outcomeOf({ status, runs }: CaseResult): Row | null {
  if (status === 'failed') return { cells: [{ text: 'FAILED', style: 'bad' }], below: failureLines(runs) };
  if (status === 'skipped') return { cells: [{ text: 'skipped', style: 'quiet' }], below: skipReasons(runs) };
  return status === 'pending' ? { cells: [{ text: 'not run', style: 'quiet' }] } : null;
}

/** What a reader must know of the figures of a case: thresholds that were missed, and which warnings are told below. */
export function noteLines(result: CaseResult, shared: ReadonlySet<string>): readonly Painted[] {
  const notes = [...new Set(result.warnings.map((warning) => warning.id))].filter(
    (warning) => !shared.has(warning),
  );
  const seeBelow: Painted = { text: `see below: ${notes.join(', ')}`, style: 'caution' };
  return [...thresholdLines(result), ...(notes.length === 0 ? [] : [seeBelow])];
}

/** The metric with an id. */
export function metricOf({ metrics }: CaseResult, id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id);
}

function timeCell(result: CaseResult, id: string): string {
  const metric = metricOf(result, id);
  if (metric === undefined) return NONE;
  // The interval of a single sample has no width and says nothing.
  if (metric.value <= 0 || sampleCount(sampledRuns(result.runs)) < 2) return formatNs(metric.value);
  return `${formatNs(metric.value)} ${formatPlusMinus((metric.high - metric.low) / 2 / metric.value)}`;
}

/** The wall time, and below it the interval in which it would have been without steal. */
function wallCell(result: CaseResult): string {
  const corrected = metricOf(result, 'correctedWallTime');
  const interval = corrected === undefined ? 'unknown' : formatNsRange(corrected.low, corrected.high);
  return `${timeCell(result, 'wallTime')}\n${interval}`;
}

function rateCell(result: CaseResult): string {
  const shown = ratesOf(result);
  return shown.length === 0 ? NONE : shown.map((metric) => figureText(metric, result.itemName)).join('\n');
}

/**
 * What the field gives for such a benchmark: the time of an item where that is the point, else the rate of items that have a
 * name, bandwidth and arithmetic; a plain count per second only where there is nothing else.
 */
export function ratesOf(result: CaseResult): readonly Metric[] {
  const found = (id: string): readonly Metric[] => {
    const metric = metricOf(result, id);
    // A case that computes nothing need not say so.
    return metric === undefined || metric.value === 0 ? [] : [metric];
  };
  const rates = [...found('bandwidth'), ...found('arithmetic')];
  const items = result.itemName === 'items' && rates.length > 0 ? [] : found('itemRate');
  const time = found('itemTime');
  return time.length > 0 ? time : [...items, ...rates];
}

/** "unknown" is no zero: zero is printed only where it was measured. */
export function stolenCell(result: CaseResult): Painted {
  const [low, high] = [metricOf(result, 'stealLow'), metricOf(result, 'stealHigh')];
  if (low === undefined || high === undefined) return { text: 'unknown', style: 'quiet' };
  return formatPercentRange(low.value, high.value);
}

/** A tick where every run's output was right before timing and after it. */
export function verifiedCell({ runs }: CaseResult): Painted {
  const verified =
    runs.length > 0 &&
    runs.every(({ verifiedBefore, verifiedAfter }) => verifiedBefore > 0 && verifiedAfter > 0);
  return verified ? { text: '✓', style: 'good' } : NONE;
}

/** What is met needs no line, and what is unmeasured has a warning. */
function thresholdLines(result: CaseResult): readonly Painted[] {
  return result.thresholds.flatMap((threshold): readonly Painted[] => {
    const metric = metricOf(result, threshold.metric);
    if (metric === undefined || (threshold.verdict !== 'missed' && threshold.verdict !== 'unclear'))
      return [];
    return [
      {
        text: thresholdText(threshold, metric),
        style: threshold.verdict === 'missed' ? 'bad' : 'caution',
      },
    ];
  });
}

function failureLines(runs: readonly CaseRun[]): readonly Painted[] {
  const failures = runs.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  const messages = [
    ...new Set(failures.map(({ message, hint }) => (hint === null ? message : `${message}; ${hint}`))),
  ];
  return messages.map((message) => {
    const count = failures.filter((failure) => message.startsWith(failure.message)).length;
    const where = runs.length === 1 ? '' : `in ${count} of ${runs.length} runs: `;
    return { text: where + message, style: 'bad' };
  });
}

function skipReasons(runs: readonly CaseRun[]): readonly Painted[] {
  const reasons = new Set(runs.flatMap(({ skipReason }) => skipReason ?? []));
  return [...reasons].map((text) => ({ text, style: 'quiet' }));
}
