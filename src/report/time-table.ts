// What `guestmark time` prints: one run as a list of where its time went, repeated runs as a table of their spread.
// Pure; every figure is in the report.
import { type Available, mapAvailable } from '../base/availability.ts';
import { formatBytes, formatNs } from '../base/units.ts';
import type { BoundedNs, ProgramRun } from '../program/program-run.ts';
import type { DurationSummary, ProgramSummary } from '../program/summarize-runs.ts';
import { type Column, type Row, renderColumns } from './columns.ts';
import { type Painted, painter } from './paint.ts';
import type { TerminalOptions } from './table.ts';
import type { TimeReport } from './time-report.ts';

/** Renders the report. */
export function timeTable(report: TimeReport, { width, color }: TerminalOptions): string {
  const layout = { width, paint: painter(color) };
  const [only] = report.runs;
  if (only === undefined || report.summary === null) return 'No run was completed.';
  const lines =
    report.runs.length === 1
      ? renderColumns(SINGLE, singleRows(report, only), layout)
      : [
          ...renderColumns(REPEATED, repeatedRows(report.summary), layout),
          ...renderColumns(SINGLE, noteRows(report, report.summary), layout),
        ];
  return ['', ...lines].join('\n');
}

const SINGLE: readonly Column[] = [{}, { align: 'right' }, { wraps: true }];

function singleRows(report: TimeReport, run: ProgramRun): readonly Row[] {
  return [
    row('wall', formatNs(run.wallNs), correctedText(run.correctedWallNs)),
    row('cpu', formatNs(run.cpuNs), cpuText(run)),
    row('run queue', orUnknown(run.runQueueNs), runQueueText(run)),
    stealRow(report, run.stealNs),
    asleepRow(run),
    memoryRow(run),
    row('threads', String(run.threads.seen), threadsText(report, run)),
    ...endRows(run),
    ...(report.status === 'partial' ? [row('status', 'partial', partialText(report))] : []),
  ];
}

function memoryRow({ maxRssBytes }: ProgramRun): Row {
  return maxRssBytes.available
    ? row('memory', formatBytes(maxRssBytes.value), 'the most that a process had')
    : row('memory', 'unknown', maxRssBytes.reason);
}

function row(name: string, value: string, text: Painted = ''): Row {
  return { cells: [{ text: name, style: 'heading' }, value, text] };
}

/** `1.98 to 2.06 s`; one figure where both read the same. */
function range({ lowNs, highNs }: { readonly lowNs: number; readonly highNs: number }): string {
  return formatNs(lowNs) === formatNs(highNs) ? formatNs(lowNs) : joined(lowNs, 'to', highNs);
}

/** `1.98 to 2.06 s`, `980 µs to 1.20 ms`, `0 to 20.0 ms`: a unit that both have is written once. */
function joined(firstNs: number, word: string, secondNs: number): string {
  const [first, second] = [formatNs(firstNs), formatNs(secondNs)];
  const [figure, unit] = first.split(' ');
  return firstNs === 0 || second.endsWith(` ${unit}`)
    ? `${figure} ${word} ${second}`
    : `${first} ${word} ${second}`;
}

function orUnknown(value: Available<number>): string {
  return value.available ? formatNs(value.value) : 'unknown';
}

function correctedText(corrected: Available<BoundedNs>): string {
  return corrected.available ? `${range(corrected.value)} without steal (${corrected.value.reason})` : '';
}

function cpuText({ userNs, systemNs, cpuIncludesSteal }: ProgramRun): Painted {
  const text = `user ${formatNs(userNs)}, system ${formatNs(systemNs)}`;
  return cpuIncludesSteal ? { text: `${text}; CONTAINS the steal`, style: 'caution' } : text;
}

function runQueueText({ runQueueNs, throttledNs, threads, wallNs }: ProgramRun): string {
  if (!runQueueNs.available) return runQueueNs.reason;
  const throttled = throttledNs.available
    ? throttledText(throttledNs.value)
    : `throttling by a quota unknown: ${throttledNs.reason}`;
  const { lost, lostRunQueueNs } = threads;
  const text = `ready, waiting for a CPU; ${throttled}`;
  if (lost === 0) return text;
  // For a crowd of short threads the bound is so high that it says nothing.
  const isBounded = lostRunQueueNs.available && lostRunQueueNs.value < wallNs;
  const most = isBounded ? `, at most ${formatNs(lostRunQueueNs.value)},` : '';
  return `${text}; the last stretch of ${counted(lost, 'thread')}${most} is missing`;
}

function throttledText(ns: number): string {
  return ns === 0 ? 'no quota throttled it' : `at most ${formatNs(ns)} of it because of a quota`;
}

function stealRow({ tier }: TimeReport, steal: Available<BoundedNs>): Row {
  if (!steal.available) return row('stolen', 'unknown', `tier ${tier}: ${steal.reason}`);
  const { highNs, reason } = steal.value;
  return row('stolen', range(steal.value), {
    text: `by the hypervisor (tier ${tier}): ${reason}`,
    style: highNs > 0 ? 'caution' : 'good',
  });
}

function asleepRow({ blockedNs, stealAndBlockedNs }: ProgramRun): Row {
  if (blockedNs.available)
    return row('asleep', formatNs(blockedNs.value), 'the main thread, waiting for anything but a CPU');
  const together = mapAvailable(
    stealAndBlockedNs,
    (ns) => `${formatNs(ns)} asleep or stolen, the main thread`,
  );
  return row('asleep', 'unknown', together.available ? together.value : blockedNs.reason);
}

function threadsText({ switches }: TimeReport, { threads, looks }: ProgramRun): string {
  const how = threads.exact
    ? 'every context switch recorded'
    : `seen by looking ${looks.count} times${switches.available ? ': switches were lost' : ''}`;
  const left = threads.leftRunning > 0 ? `; ${threads.leftRunning} left running` : '';
  return `${how}${left}; watching took ${formatNs(looks.cpuNs)} of CPU`;
}

function endRows({ exitCode, signal }: ProgramRun): readonly Row[] {
  if (signal !== null) return [row('ended', signal, { text: 'by a signal', style: 'bad' })];
  return exitCode === 0 ? [] : [row('exit code', String(exitCode), { text: 'failed', style: 'bad' })];
}

const REPEATED: readonly Column[] = [
  {},
  { heading: { text: 'mean ± σ', style: 'heading' }, align: 'right' },
  { heading: { text: 'median', style: 'heading' }, align: 'right' },
  { heading: { text: '95 % interval', style: 'heading' }, align: 'right' },
  { heading: { text: 'min … max', style: 'heading' }, align: 'right' },
];

function repeatedRows(summary: ProgramSummary): readonly Row[] {
  const corrected = summary.correctedWallNs;
  return [
    spreadRow('wall', summary.wallNs),
    ...(corrected.available
      ? [
          spreadRow('without steal ≤', corrected.value.high),
          spreadRow('without steal ≥', corrected.value.low),
        ]
      : []),
    spreadRow('user', summary.userNs),
    spreadRow('system', summary.systemNs),
  ];
}

function spreadRow(
  name: string,
  { mean, standardDeviation, median, medianInterval, min, max }: DurationSummary,
): Row {
  const interval =
    medianInterval === null ? 'needs 6 runs' : joined(medianInterval.low, 'to', medianInterval.high);
  return {
    cells: [
      { text: name, style: 'heading' },
      standardDeviation === null ? formatNs(mean) : joined(mean, '±', standardDeviation),
      formatNs(median),
      interval,
      joined(min, '…', max),
    ],
  };
}

function partialText({ runs, wantedRuns }: TimeReport): Painted {
  return {
    text: `${runs.length} of ${counted(wantedRuns, 'run')}: interrupted, or ended by a failure`,
    style: 'caution',
  };
}

function noteRows(report: TimeReport, { failed, wallNs, correctedWallNs }: ProgramSummary): readonly Row[] {
  const outliers = wallNs.outliers.mild + wallNs.outliers.severe;
  const { runs, tier, tierReason } = report;
  const notes: Painted[] = [report.status === 'partial' ? partialText(report) : counted(runs.length, 'run')];
  if (outliers > 0) {
    notes.push({
      text: `${counted(outliers, 'outlier')}: something else may have run on this machine`,
      style: 'caution',
    });
  }
  if (failed > 0) notes.push({ text: `${counted(failed, 'run')} failed`, style: 'bad' });
  if (runs.some(({ cpuIncludesSteal }) => cpuIncludesSteal)) {
    notes.push({ text: 'user and system time CONTAIN the steal', style: 'caution' });
  }
  notes.push(
    correctedWallNs.available ? stealNote(runs, tier) : `tier ${tier}, steal unknown: ${tierReason}`,
  );
  return notes.map((text, index) => ({
    cells: [index === 0 ? { text: 'notes', style: 'heading' } : '', '', text],
  }));
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function stealNote(runs: readonly ProgramRun[], tier: string): Painted {
  const all = runs.flatMap(({ stealNs }) => (stealNs.available ? [stealNs.value] : []));
  const lowNs = Math.min(...all.map((one) => one.lowNs));
  const highest = all.reduce((most, one) => (one.highNs > most.highNs ? one : most));
  return `stolen ${range({ lowNs, highNs: highest.highNs })} per run; tier ${tier}: ${highest.reason}`;
}
