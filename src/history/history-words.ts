// How the figures, dates and events of a history read, the same in tables of the terminal and of Markdown. Pure; knows no layout
// and escapes for no format.
import { probabilityText, ratioText } from '../compare/comparison-words.ts';
import { shown } from '../compare/side-lines.ts';
import type { HistoryChange, HistoryEvent, HistoryReport } from './history.ts';

/** `2026-01-02 03:04`, in UTC. */
export function dateWords({ startedAt }: Pick<HistoryReport, 'startedAt'>): string {
  return startedAt.slice(0, 16).replace('T', ' ');
}

/** `driver: Mesa 22.3.6 → Mesa 23.1.0`. */
export function eventWords({ what, before, after }: HistoryEvent): string {
  const text = (value: string | null): string => (value === null ? 'not given' : shown(value, 80));
  return `${shown(what, 80)}: ${text(before)} → ${text(after)}`;
}

/** What a change is told with: its two reports, counted from 1 inside the series. */
export interface ChangePlace {
  readonly before: HistoryReport;
  readonly after: HistoryReport;
  readonly events: readonly HistoryEvent[];
}

/** `slower by +4.9 % (…) from report 13 (2026-01-13 03:04) on, p <0.001; between 12 and 13: driver: … → …`. */
export function changeStatement(
  { verdict, ratio, p, point }: Omit<HistoryChange, 'statement'>,
  { before, after, events }: ChangePlace,
): string {
  const between = `between report ${point} (${dateWords(before)}) and ${point + 1} (${dateWords(after)})`;
  const cause =
    events.length === 0
      ? 'no other change is known there'
      : `${events.map(eventWords).join('; ')} changed there`;
  return `${verdict} ${between}: ${ratioText(ratio)}, p ${probabilityText(p)}; ${cause}`;
}
