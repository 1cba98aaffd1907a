// Where wall time went, as layers of a bar that add up, with a table that says the same in numbers. Means, because only means
// add up.
import { formatNs } from '../base/units.ts';
import type { PartId } from '../evidence/evidence.ts';
import { PART_LABELS, PARTS } from '../evidence/part-labels.ts';
import { formatPercent, formatPercentRange } from '../report/percent.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageCase, PageEstimate, PageResult } from './page-data.ts';
import { FIGURES } from './page-elements.ts';
import { figure, figureRow, swatch } from './page-figure.ts';
import { type PageGroup, partsOf } from './page-groups.ts';
import { dataTable } from './page-table.ts';
import { tickNs } from './page-words.ts';
import { linearScale, type Scale } from './plot-scale.ts';
import { axisDrawing, bar, drawing, gridLines } from './svg-plot.ts';

const HEIGHT = 34;

/** The parts of one bar. */
interface Layers {
  readonly name: string;
  readonly parts: PageResult['parts'];
}

/** The figure of a case: a bar for each side; null where no part is known. */
export function partsFigure(page: PageCase, index: number, groups: readonly PageGroup[]): Markup | null {
  const layers = groups
    .map((group) => ({ name: group.name === 'all' ? 'wall time' : group.name, parts: partsOf(page, group) }))
    .filter(({ parts }) => parts.length > 0);
  if (layers.length === 0) return null;
  const scale = linearScale(0, Math.max(...layers.map(({ parts }) => totalNs(parts))) * 1.01);
  return figure(
    {
      figure: FIGURES.parts,
      case: index,
      title: 'Where the wall time went',
      caption:
        'Mean of one iteration. Layers add up to the mean wall time as far as the clocks tell; an interval is what they leave open.',
    },
    ...layers.map(({ name, parts }) =>
      figureRow(name, formatNs(totalNs(parts)), layersDrawing({ name, parts }, scale)),
    ),
    figureRow('', '', axisDrawing(scale, tickNs, '')),
    partsTable(layers),
  );
}

function totalNs(parts: PageResult['parts']): number {
  return parts.reduce((sum, { ns }) => sum + Math.max(0, ns[0]), 0);
}

/** One layered bar. */
function layersDrawing({ name, parts }: Layers, scale: Scale): Markup {
  const total = totalNs(parts);
  let from = 0;
  const bars = ordered(parts).map(({ id, ns }) => {
    const to = from + Math.max(0, ns[0]);
    const [x1, x2] = [scale.at(from), scale.at(to)];
    from = to;
    const title = `${PART_LABELS[id].short}: ${formatPercent(ns[0] / total)}`;
    return x2 - x1 < 0.05 ? null : bar(`layer fill-${id}`, x1, x2, 6, HEIGHT - 12, title);
  });
  return drawing(HEIGHT, { title: `${name}: ${sentence(parts, total)}` }, gridLines(scale, HEIGHT), bars);
}

function ordered(parts: PageResult['parts']): PageResult['parts'] {
  return [...parts].sort((a, b) => PARTS.indexOf(a.id) - PARTS.indexOf(b.id));
}

function sentence(parts: PageResult['parts'], total: number): string {
  return ordered(parts)
    .filter(({ ns }) => ns[0] > 0)
    .map(({ id, ns }) => `${PART_LABELS[id].short} ${formatPercent(ns[0] / total)}`)
    .join(', ');
}

function partsTable(layers: readonly Layers[]): Markup {
  const ids = PARTS.filter((id) => layers.some(({ parts }) => parts.some((part) => part.id === id)));
  return dataTable({
    caption: 'Parts of the wall time',
    hidesCaption: true,
    columns: [
      { heading: 'part' },
      ...layers.flatMap(({ name }) => [
        { heading: layers.length === 1 ? 'mean' : name, isNumber: true },
        { heading: 'share', isNumber: true },
      ]),
      { heading: 'what it is' },
    ],
    rows: ids.map((id) => ({
      cells: [
        swatch(id, PART_LABELS[id].short),
        ...layers.flatMap(({ parts }) => partCells(parts, id)),
        element('span', { class: 'quiet' }, PART_LABELS[id].long),
      ],
    })),
  });
}

function partCells(parts: PageResult['parts'], id: PartId): readonly Content[] {
  const ns = parts.find((part) => part.id === id)?.ns;
  if (ns === undefined) return ['–', '–'];
  const total = totalNs(parts);
  return [partText(ns), shareText(ns, total)];
}

function partText([value]: PageEstimate): string {
  return formatNs(value);
}

function shareText([value, low, high]: PageEstimate, total: number): string {
  const isOpen = high - low > 0.001 * total;
  return isOpen ? formatPercentRange(Math.max(0, low) / total, high / total) : formatPercent(value / total);
}
