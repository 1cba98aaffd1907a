// The course of cases that were sampled for a given time, as lines of bars, and what follows from it.
import { formatNs } from '../base/units.ts';
import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import type { DerivedFigure, Estimate, SeriesId, TimeSeries } from './derived.ts';
import { figureText, rangeText } from './figure-text.ts';
import type { Painted } from './paint.ts';
import { formatPercent } from './percent.ts';
import type { Report } from './report.ts';
import { sparkline } from './sparkline.ts';

const COLUMNS: readonly Column[] = [{}, {}, {}, {}, {}];
/** Of the columns beside the bars, with their gaps. */
const OTHERS = 44;
const LEAST_BARS = 20;
const MINUTE_NS = 60e9;
/** Of a minute: what was sampled for so much of it may speak of it. */
const LONG = 0.9;

const WORDS: Readonly<Record<SeriesId, string>> = {
  deviceTime: 'device time',
  hostTime: 'beyond it',
  stolenShare: 'stolen',
};

/** The lines of the table; none where no case was sampled for a given time. */
export function stabilityLines(
  { series, derived }: Pick<Report, 'series' | 'derived'>,
  layout: Layout,
): readonly string[] {
  const width = Math.max(LEAST_BARS, layout.width - OTHERS);
  const ids = [...new Set(series.map(({ caseId }) => caseId))];
  const rows = ids.flatMap((id): readonly Row[] => {
    const shown = series.filter((one) => one.caseId === id && tells(one));
    const spanNs = Math.max(0, ...shown.flatMap(({ points }) => points.map(({ atNs }) => atNs)));
    const found = derived
      .filter(({ cases }) => cases.includes(id))
      .flatMap((figure) => findingOf(figure, spanNs));
    const courses = shown.map((one, index) => courseRow(one, shown[index - 1]?.run !== one.run, width));
    const [last] = courses.slice(-1);
    return [
      { above: [{ text: `over time: ${id}`, style: 'heading' }], cells: [] },
      ...courses.slice(0, -1),
      ...(last === undefined ? [] : [{ ...last, below: found }]),
    ];
  });
  return rows.length === 0 ? [] : renderColumns(COLUMNS, rows, layout);
}

/** A line of zeros tells nothing that the stolen share of the case does not. */
function tells({ id, points }: TimeSeries): boolean {
  return id !== 'stolenShare' || points.some(({ value }) => value > 0);
}

function courseRow({ id, run, unit, points }: TimeSeries, isFirst: boolean, width: number): Row {
  const values = points.map(({ value }) => value);
  const range = rangeText(unit, Math.min(...values), Math.max(...values));
  return { cells: ['', isFirst ? `run ${run}` : '', WORDS[id], sparkline(values, width), range] };
}

/** What one of the figures says, in one sentence. */
function findingOf({ id, estimate }: DerivedFigure, spanNs: number): readonly Painted[] {
  const text = FINDINGS[id];
  if (text === undefined) return [];
  if (!estimate.available) return [{ text: `${text.what}: ${estimate.reason}`, style: 'quiet' }];
  return [`${text.what}: ${text.tell(estimate.value, spanNs)}`];
}

interface Finding {
  readonly what: string;
  readonly tell: (estimate: Estimate, spanNs: number) => string;
}

const FINDINGS: Readonly<Partial<Record<DerivedFigure['id'], Finding>>> = {
  driftPerMinute: {
    what: 'drift of the device time',
    tell: ({ value, low, high }, spanNs) => {
      // Of some seconds a minute would be a prophecy.
      const share = Math.min(1, spanNs / MINUTE_NS);
      const [scale, within] = share < LONG ? [share, `in ${formatNs(spanNs)}`] : [1, 'a minute'];
      const [middle, from, to] = [value, low, high].map((one) => formatPercent(one * scale));
      return low <= 0 && high >= 0
        ? `none that shows (${from} to ${to} ${within})`
        : `${middle} ${within} (${from} to ${to})`;
    },
  },
  throttleOnset: {
    // What is seen; on a software device it may as well be other work on the CPUs.
    what: 'more than 5 % slower, as by throttling',
    tell: ({ value, low, high }) =>
      `from ${figureText({ unit: 'ns', value }, 'items')} on (${rangeText('ns', low, high)})`,
  },
  stealCorrelation: {
    what: 'correlation of what is beyond the device time with steal',
    tell: ({ value, low, high }) => `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
  },
};
