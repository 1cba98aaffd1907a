// The series of a history as they are read: by device and machine, those first in which something happened. Pure; shared by the
// tables of the terminal and of Markdown.
import { ownValue } from '../base/own-value.ts';
import { formatQuantity } from '../base/units.ts';
import { counted } from '../compare/comparison-words.ts';
import { shown } from '../compare/side-lines.ts';
import type { History, HistoryReport, HistorySeries } from './history.ts';
import { dateWords, eventWords } from './history-words.ts';

/** The series of a device of a machine. */
export interface HistoryPlace {
  /** `llvmpipe on guest-1`. */
  readonly title: string;
  readonly series: readonly HistorySeries[];
  /** What changed besides, each once: `2026-01-13 03:04: driver: … → …`. */
  readonly events: readonly string[];
}

/** Groups the series in the order in which their places first appear. */
export function historyPlaces({
  series,
  reports,
}: Pick<History, 'series' | 'reports'>): readonly HistoryPlace[] {
  const groups = new Map<string, HistorySeries[]>();
  for (const one of series) {
    const title = titleOf(one);
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  return [...groups].map(([title, all]) => ({
    title,
    series: all.toSorted((a, b) => rankOf(a) - rankOf(b)),
    events: eventsOf(all, reports),
  }));
}

function titleOf({ producer, device, hostname }: HistorySeries): string {
  const name = (fact: HistorySeries['device'], what: string): string =>
    fact.available ? shown(fact.value) : `an unknown ${what} (${shown(fact.reason)})`;
  const by = producer === 'guestmark' ? '' : `, by ${shown(producer)}`;
  return `${name(device, 'device')} on ${name(hostname, 'machine')}${by}`;
}

/** Changes, then latest reports that differ, then the rest. */
function rankOf({ changes, latest }: HistorySeries): number {
  if (changes.length > 0) return 0;
  return latest.verdict === 'slower' || latest.verdict === 'faster' ? 1 : 2;
}

function eventsOf(series: readonly HistorySeries[], reports: readonly HistoryReport[]): readonly string[] {
  const texts = new Map<string, number>();
  for (const { points, events } of series) {
    for (const event of events) {
      const report = points[event.point]?.report ?? 0;
      texts.set(`${dateWords(reports[report] as HistoryReport)}: ${eventWords(event)}`, report);
    }
  }
  return [...texts].sort(([, a], [, b]) => a - b).map(([text]) => text);
}

/**
 * Short names of cases: the benchmark, with those axes alone by which its cases differ. Ids with all axes take several lines, and
 * are in the JSON and the CSV; they stand here too where a short name would be that of two cases.
 */
export function caseLabels(series: readonly HistorySeries[]): ReadonlyMap<string, string> {
  const differing = differingAxes(series);
  const labels = new Map(
    series.map(({ caseId, benchmark, axes }) => {
      const told = Object.entries(axes).filter(([axis]) => differing.get(benchmark)?.has(axis));
      const inner = told.map(([axis, value]) => `${axis}=${formatQuantity(value)}`).join(',');
      return [caseId, inner === '' ? benchmark : `${benchmark}[${inner}]`];
    }),
  );
  const counts = new Map<string, number>();
  for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...labels].map(([caseId, label]) => [caseId, counts.get(label) === 1 ? label : caseId]));
}

/** Of every benchmark the axes that do not have one value in all of its cases; not to have an axis differs from all values. */
function differingAxes(series: readonly HistorySeries[]): ReadonlyMap<string, ReadonlySet<string>> {
  const cases = new Map<string, HistorySeries['axes'][]>();
  for (const { benchmark, axes } of series) cases.set(benchmark, [...(cases.get(benchmark) ?? []), axes]);
  return new Map(
    [...cases].map(([benchmark, all]) => {
      const names = new Set(all.flatMap((axes) => Object.keys(axes)));
      return [
        benchmark,
        new Set([...names].filter((axis) => new Set(all.map((axes) => ownValue(axes, axis))).size > 1)),
      ];
    }),
  );
}

/** `24 reports from … to … (UTC), 36 series: 2 changed, 1 latest report slower; 1 file refused`. */
export function historySummary({ reports, series, refused }: History): string {
  const left = refused.length === 0 ? '' : `; ${counted(refused.length, 'file')} left out`;
  const [first, last] = [reports[0], reports.at(-1)];
  if (first === undefined || last === undefined) return `No report has a place in this history${left}`;
  if (reports.length === 1) {
    return `One report is no history: run again later, and keep the reports in one folder (${dateWords(first)} UTC)${left}`;
  }
  const changed = series.filter(({ changes }) => changes.length > 0).length;
  const latest = (['slower', 'faster', 'same', 'unclear'] as const).map(
    (verdict) => `${series.filter((one) => one.latest.verdict === verdict).length} ${verdict}`,
  );
  return `${counted(reports.length, 'report')} from ${dateWords(first)} to ${dateWords(last)} (UTC); of ${series.length} series ${changed} changed; latest reports: ${latest.join(', ')}${left}`;
}
