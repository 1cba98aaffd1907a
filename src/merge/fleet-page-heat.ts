// Outliers and the nodes that come nearest to them against the cases, as a table of differences whose cells are coloured: whether a
// node is slow in everything or in one thing, and whether several are slow in the same.
import { counted } from '../compare/comparison-words.ts';
import { element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable, type TableCell, type TableRow } from '../page/page-table.ts';
import { FLEET_IDS, nodeId } from './fleet-page-elements.ts';
import type { FleetReport } from './fleet-report.ts';
import { deviceKinds, mainRatios, nodeRatios } from './node-ratios.ts';

/** Rows: outliers, all of which have a row in their table, and normal nodes; columns. */
const MOST_OUTLIERS = 60;
const MOST_NORMAL = 8;
const MOST_CASES = 80;

/** A row of the map. */
interface HeatNode {
  readonly node: number;
  readonly isOutlier: boolean;
}

/** A column of the map. */
interface HeatCase {
  readonly id: string;
  readonly index: number;
  readonly ratios: readonly (number | null)[];
}

/** The section; null where no node stands out. */
export function heatSection(report: FleetReport): Markup | null {
  const { outliers, cases } = report;
  if (outliers.length === 0 || cases.length === 0) return null;
  const nodes = [...heatOutliers(report), ...normalNodes(report)];
  const columns = heatCases(report);
  return pageSection(
    FLEET_IDS.heat,
    'Heat map',
    element('p', { class: 'note' }, heatNote(report, nodes, columns)),
    element(
      'p',
      { class: 'note' },
      KEYS.map(([level, text]) => element('span', { class: `heat-key heat-${level}` }, text)),
    ),
    dataTable({
      id: 'heat-map',
      caption: 'Difference from the median of the nodes with the same device in percent, by node and case',
      hidesCaption: true,
      columns: [
        { heading: 'node' },
        ...columns.map(({ id }) => ({ heading: element('span', { class: 'turned' }, id) })),
      ],
      rows: nodes.map((one) => heatRow(one, columns, report)),
    }),
  );
}

/** Depths of the colour with the difference from which they are used. */
const KEYS: readonly (readonly [level: string, text: string])[] = [
  ['faster-5', '−25 %'],
  ['faster-3', '−5 %'],
  ['slower-3', '+5 %'],
  ['slower-5', '+25 %'],
];

function heatNote(
  { outliers, cases }: FleetReport,
  nodes: readonly HeatNode[],
  columns: readonly HeatCase[],
): string {
  const shown = nodes.filter(({ isOutlier }) => isOutlier).length;
  const of = (some: number, all: number, noun: string): string =>
    some === all ? counted(all, noun) : `${some} of the ${counted(all, noun)}`;
  return `Percent from the median of the nodes with the same device, main time: ${of(shown, outliers.length, 'outlier')} and the ${counted(nodes.length - shown, 'normal node')} nearest to them, in ${of(columns.length, cases.length, 'case')}; framed is what was found to differ.`;
}

function heatOutliers({ outliers }: FleetReport): readonly HeatNode[] {
  return outliers.slice(0, MOST_OUTLIERS).map(({ node }) => ({ node, isOutlier: true }));
}

/** Those that are furthest from the median over all of their cases without being outliers. */
function normalNodes(report: FleetReport): readonly HeatNode[] {
  const outliers = new Set(report.outliers.map(({ node }) => node));
  return nodeRatios(report)
    .flatMap((ratio, node) =>
      ratio === null || outliers.has(node) ? [] : [{ node, far: Math.abs(Math.log(ratio)) }],
    )
    .sort((one, other) => other.far - one.far)
    .slice(0, MOST_NORMAL)
    .map(({ node }) => ({ node, isOutlier: false }));
}

/** Of many cases those in which something was found come first. */
function heatCases({ nodes, cases, outliers }: FleetReport): readonly HeatCase[] {
  const found = new Set(outliers.flatMap(({ findings }) => findings.map((finding) => finding.case)));
  const indices = cases.map((_, index) => index);
  const chosen =
    cases.length <= MOST_CASES
      ? indices
      : [...indices.filter((index) => found.has(index)), ...indices.filter((index) => !found.has(index))]
          .slice(0, MOST_CASES)
          .sort((one, other) => one - other);
  const kinds = deviceKinds(nodes);
  return chosen.flatMap((index) => {
    const one = cases[index];
    return one === undefined ? [] : [{ id: one.id, index, ratios: mainRatios(one, kinds) }];
  });
}

function heatRow(
  { node, isOutlier }: HeatNode,
  columns: readonly HeatCase[],
  { nodes, outliers, options }: FleetReport,
): TableRow {
  const name = nodes[node]?.name ?? '';
  const outlier = outliers.find((one) => one.node === node);
  const found = new Set(outlier?.findings.map((finding) => finding.case));
  return {
    cells: [
      isOutlier
        ? element('a', { href: `#${nodeId(node)}` }, name)
        : element('span', { class: 'quiet' }, `${name} (normal)`),
      ...columns.map(({ ratios, index }) =>
        heatCell(ratios[node] ?? null, found.has(index), options.noiseFloor),
      ),
    ],
  };
}

function heatCell(ratio: number | null, isFound: boolean, noiseFloor: number): TableCell {
  if (ratio === null) return { content: '–', kind: 'heat' };
  const level = heatLevel(ratio, noiseFloor);
  const kinds = ['heat', level === '' ? '' : `heat-${level}`, isFound ? 'found' : ''];
  return {
    content: cellText(ratio),
    kind: kinds.filter((kind) => kind !== '').join(' '),
  };
}

/** `+4.1`, `−12`, `0`: percent without its sign, so that sixty columns have room. */
function cellText(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent);
  const text = size.toFixed(size >= 9.95 ? 0 : 1);
  return Number(text) === 0 ? '0' : `${percent > 0 ? '+' : '−'}${text}`;
}

const STEPS = [0.025, 0.05, 0.1, 0.25] as const;

/** `slower-3`: how deep the colour is; nothing within the noise floor. */
export function heatLevel(ratio: number, noiseFloor: number): string {
  const difference = Math.abs(ratio - 1);
  if (difference < noiseFloor) return '';
  const level = 1 + STEPS.filter((step) => difference >= step).length;
  return `${ratio > 1 ? 'slower' : 'faster'}-${level}`;
}
