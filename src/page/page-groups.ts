// Reports that are shown as one: all of them, or the two sides of a comparison. A value of one report keeps its interval; of
// several it is the median, with the least and the largest; of a time that is only known as bounds the outermost of these.
import { median } from '../stats/quantile.ts';
import type { PageCase, PageData, PageEstimate, PageResult } from './page-data.ts';

/** Some reports of the page. */
export interface PageGroup {
  readonly name: 'all' | 'baseline' | 'contender';
  /** In words. */
  readonly label: string;
  /** Indices into PageData.reports. */
  readonly reports: readonly number[];
}

/** One group, or the baseline and the contender, whose reports come in this order. */
export function groupsOf({ reports, comparison }: PageData): readonly PageGroup[] {
  const all = reports.map((_, index) => index);
  if (comparison === null) {
    const label = reports.length === 1 ? 'this report' : `${reports.length} reports`;
    return [{ name: 'all', label, reports: all }];
  }
  // By number and not by name: a file can be on both sides.
  const split = Math.min(comparison.baseline.reports.length, reports.length);
  return [
    { name: 'baseline', label: comparison.baseline.label, reports: all.slice(0, split) },
    { name: 'contender', label: comparison.contender.label, reports: all.slice(split) },
  ];
}

/** The side of a report in a comparison; null where nothing is compared. */
export function sideOf(groups: readonly PageGroup[], report: number): 'baseline' | 'contender' | null {
  const name = groups.find(({ reports }) => reports.includes(report))?.name ?? 'all';
  return name === 'all' ? null : name;
}

/** Results of a group that hold something. */
export function resultsOf(page: PageCase, group: PageGroup): readonly PageResult[] {
  return group.reports.flatMap((index) => page.results[index] ?? []);
}

/** A metric over the reports of a group; null where none of them has it. */
export function estimateOf(page: PageCase, group: PageGroup, id: string): PageEstimate | null {
  const found = resultsOf(page, group).flatMap(({ metrics }) => {
    const metric = Object.hasOwn(metrics, id) ? metrics[id] : undefined;
    return metric === undefined ? [] : [metric];
  });
  const [only] = found;
  if (only === undefined) return null;
  if (found.length === 1) return only;
  const values = found.map(([value]) => value);
  const isBound = id.startsWith('corrected');
  const lows = isBound ? found.map(([, low]) => low) : values;
  const highs = isBound ? found.map(([, , high]) => high) : values;
  return [median(values), Math.min(...lows), Math.max(...highs)];
}

/** The mean parts of a group, every report the same; those alone that all of them have. */
export function partsOf(page: PageCase, group: PageGroup): PageResult['parts'] {
  const results = resultsOf(page, group).filter(({ parts }) => parts.length > 0);
  const ids = [...new Set(results.flatMap(({ parts }) => parts.map(({ id }) => id)))];
  return ids.flatMap((id) => {
    const found = results.flatMap(({ parts }) => parts.filter((part) => part.id === id));
    if (found.length < results.length) return [];
    const mean = (end: 0 | 1 | 2): number => found.reduce((sum, { ns }) => sum + ns[end], 0) / found.length;
    return [{ id, ns: [mean(0), mean(1), mean(2)] as const }];
  });
}
