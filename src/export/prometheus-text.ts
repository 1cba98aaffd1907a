// The text format of Prometheus, version 0.0.4: families with their help, type and series. No series is written twice, and none
// without a finite value; knows nothing of what is measured.
import { oneLine } from './report-identity.ts';

/** Labels with their values; null leaves the label out. */
export type Labels = Readonly<Record<string, string | null>>;

/** One series of a family. */
export interface Series {
  /** Of a summary `_sum` or `_count`; else empty. */
  readonly suffix?: '_sum' | '_count';
  readonly labels: Labels;
  readonly value: number;
}

/** A metric with its series. */
export interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'summary';
  readonly help: string;
  readonly series: readonly Series[];
}

/** The text of a family; empty where it has no series. */
export function familyText({ name, type, help, series }: Family): string {
  const lines = new Map<string, number>();
  for (const { suffix = '', labels, value } of series)
    if (Number.isFinite(value)) lines.set(`${name}${suffix}${labelsText(labels)}`, value);
  if (lines.size === 0) return '';
  const samples = [...lines].map(([key, value]) => `${key} ${value}\n`).join('');
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples}`;
}

function labelsText(labels: Labels): string {
  const parts = Object.entries(labels).flatMap(([label, value]) =>
    value === null ? [] : [`${label}="${escaped(value)}"`],
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** Only these three may be escaped, and line feeds have become spaces already. */
function escaped(value: string): string {
  return oneLine(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
