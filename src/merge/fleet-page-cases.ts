// Every case over the fleet: its median, how far nodes differ, and the shape of all of them with the outliers by name, on one axis
// for all cases. Judges nothing itself.
import { formatNs, formatNsRange } from '../base/units.ts';
import { counted, NONE } from '../compare/comparison-words.ts';
import { caseName } from '../page/case-name.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { type Content, element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable, type TableRow } from '../page/page-table.ts';
import { withoutZeros } from '../page/page-words.ts';
import type { Scale } from '../page/plot-scale.ts';
import { axisDrawing } from '../page/svg-plot.ts';
import { formatPercent } from '../report/percent.ts';
import { median } from '../stats/quantile.ts';
import { differenceScale } from './difference-scale.ts';
import { type SpreadMark, spreadDrawing } from './draw-spread.ts';
import {
  CASE_ROWS,
  caseId,
  causeLegend,
  FLEET_IDS,
  furtherNote,
  nodeId,
  OUTLIER_ROWS,
} from './fleet-page-elements.ts';
import type { FleetCase, FleetFinding, FleetMeasure, FleetOutlier, FleetReport } from './fleet-report.ts';
import { findingText, medianText, metricName } from './fleet-words.ts';

/** Marks of one drawing, and names beside it. */
const MOST_MARKS = 40;
const MOST_NAMES = 3;
/** Beyond these the axis is cut; a mark beyond stands at its end. */
const LEAST_RATIO = 0.1;
const LARGEST_RATIO = 10;

/** A measure of a case with what was found in it. */
interface Shown {
  readonly index: number;
  readonly one: FleetCase;
  readonly measure: FleetMeasure;
  readonly found: readonly Found[];
}

interface Found {
  readonly outlier: FleetOutlier;
  readonly finding: FleetFinding;
  /** Of the table of outliers; -1 where it is not in it. */
  readonly row: number;
}

/** The section; null where no case was measured. */
export function casesSection(report: FleetReport): Markup | null {
  const all = shownMeasures(report);
  if (all.length === 0) return null;
  const scale = commonScale(all);
  const isMain = ({ one, measure }: Shown): boolean => one.main === measure.metric;
  const others = all.filter((shown) => !isMain(shown));
  return pageSection(
    FLEET_IDS.cases,
    'Cases',
    element(
      'p',
      { class: 'note' },
      'Each row shows all nodes on the same axis: the difference from the median of the case, linear as far as nodes normally differ and logarithmic beyond. The area is how many nodes, the dark line below it 1 % to 99 % of them, a dot an outlier by its cause: ',
      causeLegend(),
    ),
    measureTable(all.filter(isMain), scale, report, 'Cases by their main time', true),
    furtherNote(report.cases.length, CASE_ROWS, 'cases'),
    others.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, element('h3', {}, 'The other times of the cases')),
        measureTable(others, scale, report, 'Cases by their other times', false),
      ),
  );
}

function shownMeasures({ cases, outliers }: FleetReport): readonly Shown[] {
  const byPlace = new Map<string, Found[]>();
  for (const [row, outlier] of outliers.entries()) {
    for (const finding of outlier.findings) {
      const key = `${finding.case} ${finding.metric}`;
      const found = byPlace.get(key);
      if (found === undefined) byPlace.set(key, [{ outlier, finding, row }]);
      else found.push({ outlier, finding, row });
    }
  }
  return cases.slice(0, CASE_ROWS).flatMap((one, index) =>
    one.measures
      .filter(({ distribution }) => distribution.median > 0)
      .map((measure) => ({
        index,
        one,
        measure,
        found: byPlace.get(`${index} ${measure.metric}`) ?? [],
      })),
  );
}

function commonScale(all: readonly Shown[]): Scale {
  const ends = all.map(({ measure: { distribution } }) => [
    distribution.min / distribution.median,
    distribution.max / distribution.median,
  ]);
  const low = Math.max(LEAST_RATIO, Math.min(1, ...ends.map(([least = 1]) => least)));
  const high = Math.min(LARGEST_RATIO, Math.max(1, ...ends.map(([, most = 1]) => most)));
  const spread = median(all.flatMap(({ measure }) => measure.distribution.spread ?? []));
  return differenceScale(low, high, Math.max(1e-4, spread || 0));
}

function measureTable(
  shown: readonly Shown[],
  scale: Scale,
  report: FleetReport,
  caption: string,
  areTargets: boolean,
): Markup {
  return dataTable({
    caption,
    hidesCaption: true,
    columns: [
      { heading: 'case' },
      {
        heading: [
          'difference from the median',
          axisDrawing(scale, (ratio) => withoutZeros(percentDifference(ratio)), ''),
        ],
        isDrawing: true,
      },
      { heading: 'median', isNumber: true },
      { heading: '1 % to 99 %', isNumber: true },
      { heading: 'spread', isNumber: true },
      { heading: 'outliers' },
    ],
    rows: shown.map((one) => measureRow(one, scale, report, areTargets)),
  });
}

function measureRow(shown: Shown, scale: Scale, report: FleetReport, isTarget: boolean): TableRow {
  const { index, one, measure } = shown;
  const { nodes, p01, p99, spread } = measure.distribution;
  return {
    attributes: { id: isTarget ? caseId(index) : null },
    cells: [
      [
        element('span', { class: 'case-id' }, caseName(one.id)),
        element('span', { class: 'metric quiet' }, `${metricName(measure)} on ${counted(nodes, 'node')}`),
        isTarget && missingTexts(one),
      ],
      measureDrawing(shown, scale, report),
      medianText(one, measure)
        .split(', ')
        .map((text) => element('span', { class: 'one-rate' }, text)),
      nodes === 1 ? formatNs(p01) : formatNsRange(p01, p99),
      spread === null ? NONE : formatPercent(spread),
      outlierNames(shown, report),
    ],
  };
}

function missingTexts({ missing }: FleetCase): Content {
  const more = missing.length - MOST_NAMES;
  return [
    missing
      .slice(0, MOST_NAMES)
      .map(({ reason, nodes }) =>
        element('span', { class: 'reason quiet' }, `${counted(nodes.length, 'node')} without: ${reason}`),
      ),
    more > 0 && element('span', { class: 'reason quiet' }, `and ${more} more reasons`),
  ];
}

function measureDrawing({ one, measure, found }: Shown, scale: Scale, report: FleetReport): Markup {
  const { values, distribution } = measure;
  const { median: middle, p01, p99, nodes } = distribution;
  const marks = found.slice(0, MOST_MARKS).map(
    ({ outlier, finding }): SpreadMark => ({
      value: (values[outlier.node] ?? Number.NaN) / middle,
      cause: outlier.cause,
      title: `${nodeName(outlier, report)}: ${findingText(finding, report)}`,
    }),
  );
  const [low, high] = [p01 / middle, p99 / middle];
  return spreadDrawing(
    {
      values: values.flatMap((value) => (value === null ? [] : [value / middle])),
      median: 1,
      low,
      high,
      marks,
      title: `${one.id}, ${metricName(measure)} on ${counted(nodes, 'node')}: 1 % to 99 % of them ${percentDifference(low)} to ${percentDifference(high)} from the median`,
      description: `${counted(found.length, 'outlier')}`,
    },
    scale,
  );
}

function outlierNames({ found }: Shown, report: FleetReport): Content {
  if (found.length === 0) return element('span', { class: 'quiet' }, 'none');
  const more = found.length - MOST_NAMES;
  return [
    found.slice(0, MOST_NAMES).map(({ outlier, finding, row }) => {
      const name = nodeName(outlier, report);
      return element(
        'span',
        { class: 'one-finding' },
        row < OUTLIER_ROWS ? element('a', { href: `#${nodeId(outlier.node)}` }, name) : name,
        ` ${findingText(finding, report)}`,
      );
    }),
    more > 0 && element('span', { class: 'one-finding quiet' }, `and ${more} more`),
  ];
}

function nodeName({ node }: FleetOutlier, { nodes }: FleetReport): string {
  return nodes[node]?.name ?? NONE;
}
