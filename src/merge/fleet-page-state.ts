// In what state the nodes were: how clocks, steal and the rest are spread over the fleet, with the outliers, and the nodes in the
// order of their slowness. What is not known of a node is counted with the reason.
import { valueOrUndefined } from '../base/availability.ts';
import { counted, gathered, NONE } from '../compare/comparison-words.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { type Content, element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable, type TableRow } from '../page/page-table.ts';
import { withoutZeros } from '../page/page-words.ts';
import { fittingScale, linearScale } from '../page/plot-scale.ts';
import { axisDrawing } from '../page/svg-plot.ts';
import { formatPercent } from '../report/percent.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { type SpreadMark, spreadDrawing } from './draw-spread.ts';
import { causeLegend, FLEET_IDS, furtherNote, nodeId, OUTLIER_ROWS } from './fleet-page-elements.ts';
import type { FleetOutlier, FleetReport } from './fleet-report.ts';
import { nodeRatios } from './node-ratios.ts';
import { STATE_FIGURES, type StateFigure } from './node-states.ts';

const MOST_REASONS = 3;
const MOST_MARKS = 100;
const MOST_NODES = 300;

/** The section; null without nodes. */
export function stateSection(report: FleetReport): Markup | null {
  if (report.nodes.length === 0) return null;
  return pageSection(
    FLEET_IDS.state,
    'State of the nodes',
    element(
      'p',
      { class: 'note' },
      'Shares are of the time of the samples. The area is how many nodes, a dot an outlier by its cause: ',
      causeLegend(),
    ),
    dataTable({
      caption: 'State of the nodes',
      hidesCaption: true,
      columns: [
        { heading: 'what' },
        { heading: 'known of', isNumber: true },
        { heading: 'median', isNumber: true },
        { heading: 'over the nodes', isDrawing: true },
        { heading: 'not known' },
      ],
      rows: STATE_FIGURES.map((figure) => stateRow(figure, report)),
    }),
    throttleList(report),
    nodeList(report),
  );
}

function stateRow(figure: StateFigure, { nodes, outliers }: FleetReport): TableRow {
  const states = nodes.map(({ state }) => figure.value(state));
  const values = states.flatMap((one) => (one.available ? [one.value] : []));
  const reasons = gathered(states.flatMap((one) => (one.available ? [] : [[one.reason, one.reason]])));
  const marks = outliers.slice(0, MOST_MARKS).flatMap((outlier) => {
    const node = nodes[outlier.node];
    const value = node === undefined ? undefined : valueOrUndefined(figure.value(node.state));
    if (node === undefined || value === undefined) return [];
    return [{ value, cause: outlier.cause, title: `${node.name}: ${figure.text(value)}` }];
  });
  const sorted = sortedCopy(values);
  return {
    cells: [
      figure.name,
      String(values.length),
      values.length === 0 ? NONE : figure.text(quantileOfSorted(sorted, 0.5)),
      stateDrawing(figure, sorted, marks),
      reasonTexts(reasons),
    ],
  };
}

function stateDrawing(
  { name, text, beginsAtZero }: StateFigure,
  sorted: ReturnType<typeof sortedCopy>,
  marks: readonly SpreadMark[],
): Content {
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return NONE;
  if (low === high) return element('span', { class: 'quiet' }, `${text(low)} on every node`);
  const scale = beginsAtZero ? linearScale(0, high * 1.03, 4) : fittingScale([low, high], 4);
  const q = (p: number): number => quantileOfSorted(sorted, p);
  return [
    spreadDrawing(
      {
        values: [...sorted],
        median: q(0.5),
        low: q(0.01),
        high: q(0.99),
        marks,
        title: `${name}: ${text(low)} to ${text(high)}, median ${text(q(0.5))}`,
        description: counted(sorted.length, 'node'),
      },
      scale,
    ),
    axisDrawing(scale, (value) => withoutZeros(text(value)), ''),
  ];
}

function reasonTexts(reasons: ReturnType<typeof gathered>): Content {
  const more = reasons.length - MOST_REASONS;
  return [
    reasons
      .slice(0, MOST_REASONS)
      .map(([reason, owners]) =>
        element('span', { class: 'reason quiet' }, `${counted(owners.length, 'node')}: ${reason}`),
      ),
    more > 0 && element('span', { class: 'reason quiet' }, `and ${more} more reasons`),
  ];
}

function throttleList({ nodes }: FleetReport): Content {
  const reasons = gathered(
    nodes.flatMap(({ name, state }) => state.throttleReasons.map((reason) => [name, reason] as const)),
  );
  if (reasons.length === 0) return null;
  return [
    element('h3', {}, 'Throttled GPUs'),
    element(
      'ul',
      {},
      reasons.map(([reason, owners]) =>
        element(
          'li',
          {},
          `${reason}: ${counted(owners.length, 'node')}, `,
          element('span', { class: 'quiet' }, namesText(owners)),
        ),
      ),
    ),
  ];
}

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_REASONS;
  const listed = names.slice(0, MOST_REASONS).join(', ');
  return more > 0 ? `${listed} and ${more} more` : listed;
}

function nodeList(report: FleetReport): Markup {
  const { nodes, outliers } = report;
  const rows = new Map(outliers.map((outlier, row) => [outlier.node, { outlier, row }]));
  const ordered = nodeRatios(report)
    .map((ratio, node) => ({ ratio, node }))
    .sort((one, other) => (other.ratio ?? 0) - (one.ratio ?? 0));
  return element(
    'details',
    {},
    element('summary', {}, element('h3', {}, 'Nodes, the slowest first')),
    dataTable({
      caption: 'Nodes, the slowest over all of their cases first',
      hidesCaption: true,
      columns: [
        { heading: 'node' },
        { heading: 'over all cases', isNumber: true },
        { heading: 'measured', isNumber: true },
        { heading: 'failed', isNumber: true },
        { heading: 'device' },
        { heading: 'driver' },
        { heading: 'stolen, at most', isNumber: true },
        { heading: 'verdict' },
      ],
      rows: ordered
        .slice(0, MOST_NODES)
        .map(({ node, ratio }) => nodeRow(node, ratio, rows.get(node), report)),
    }),
    furtherNote(nodes.length, MOST_NODES, 'nodes'),
  );
}

function nodeRow(
  index: number,
  ratio: number | null,
  listed: { readonly outlier: FleetOutlier; readonly row: number } | undefined,
  { nodes }: FleetReport,
): TableRow {
  const node = nodes[index];
  if (node === undefined) return { cells: [] };
  const { name, measured, failed, device, driver, state } = node;
  const steal = valueOrUndefined(state.stealShare);
  const isLinked = listed !== undefined && listed.row < OUTLIER_ROWS;
  return {
    cells: [
      isLinked ? element('a', { href: `#${nodeId(index)}` }, name) : name,
      ratio === null ? NONE : percentDifference(ratio),
      String(measured),
      String(failed),
      valueOrUndefined(device) ?? NONE,
      valueOrUndefined(driver) ?? NONE,
      steal === undefined ? NONE : formatPercent(steal.high),
      listed === undefined
        ? element('span', { class: 'quiet' }, 'like the fleet')
        : element('span', { class: `verdict-${listed.outlier.verdict}` }, listed.outlier.verdict),
    ],
  };
}
