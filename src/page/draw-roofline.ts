// Achieved arithmetic against intensity under the roofs that this device was measured to have: S. Williams, A. Waterman and
// D. Patterson, "Roofline" (CACM 52, 2009). Points carry numbers, which a table spells out.

import { formatRate } from '../base/units.ts';
import { rangeText } from '../report/figure-text.ts';
import { formatPercent } from '../report/percent.ts';
import { caseName } from './case-name.ts';
import { heightAt, heightLines } from './draw-sweep.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageData, PageEstimate } from './page-data.ts';
import { CASE_ID_PREFIX, FIGURES } from './page-elements.ts';
import { figure, swatch } from './page-figure.ts';
import { estimateOf, groupsOf } from './page-groups.ts';
import { type RooflinePoint, rooflinePoints } from './page-sweeps.ts';
import { dataTable } from './page-table.ts';
import { tickText } from './page-words.ts';
import { extent, logScale, type Scale } from './plot-scale.ts';
import { axisDrawing, dot, drawing, gridLines, label, path, stretched } from './svg-plot.ts';

const HEIGHT = 320;

/** The figure; null where no case has both a rate and an intensity. */
export function roofline(data: PageData): Markup | null {
  const points = rooflinePoints(data);
  if (points.length === 0) return null;
  const { bandwidth, arithmetic } = data.roofs;
  const peaks = Object.entries(arithmetic);
  const [x, y] = scales(
    points,
    bandwidth,
    peaks.map(([, peak]) => peak[0]),
  );
  const numbers = numbered(points);
  return figure(
    {
      figure: FIGURES.roofline,
      level: 3,
      title: 'Roofline',
      caption: captionOf(data),
    },
    drawing(
      HEIGHT,
      {
        title: 'Achieved arithmetic rate against arithmetic intensity, both logarithmic',
        description: 'The table below has every point.',
      },
      gridLines(x, HEIGHT),
      heightLines(y, HEIGHT, (value) => tickText('FLOP/s', value)),
      stretched(
        HEIGHT,
        peaks.map(([, peak]) => path('roof', roofPath(peak[0], bandwidth, x, y))),
      ),
      roofLabels(peaks, y),
      points.map((point) => pointMark(point, numbers.get(point.caseId) ?? 0, x, y)),
    ),
    axisDrawing(x, (value) => `${Number(value.toPrecision(2))} FLOP/B`, 'intensity'),
    pointTable(points, numbers, data),
  );
}

/** Roofs are of one report; of several the others' cases may lie above them. */
function captionOf({ reports, comparison }: PageData): Content {
  const measured = 'Roofs are what this tool measured, not what a data sheet promises';
  if (reports.length === 1) return `${measured}. No case can be above the lower of them at its intensity.`;
  return [
    comparison !== null && [
      swatch(SIDE_COLOURS.baseline, 'baseline'),
      swatch(SIDE_COLOURS.contender, 'contender'),
    ],
    `${measured}: those of the first report that has them. No case of that report can be above the lower of them at its intensity.`,
  ];
}

/** As the script draws them; a single group has the colour of the baseline. */
const SIDE_COLOURS = { baseline: 'accent', contender: 'steal' } as const;

function scales(
  points: readonly RooflinePoint[],
  bandwidth: PageEstimate | null,
  peaks: readonly number[],
): readonly [Scale, Scale] {
  const ridges = bandwidth === null ? [] : peaks.map((peak) => peak / bandwidth[0]);
  const [left, right] = extent([...points.map(({ intensity }) => intensity), ...ridges]);
  const [low, high] = extent([...points.map(({ rate }) => rate[0]), ...peaks]);
  return [logScale(left / 2, right * 3), logScale(low / 2, high * 2)];
}

/** The names of the roofs above them, or below where another's name is. */
function roofLabels(peaks: readonly (readonly [string, PageEstimate])[], y: Scale): Content {
  const highestFirst = [...peaks].sort(([, a], [, b]) => b[0] - a[0]);
  let last = Number.NEGATIVE_INFINITY;
  return highestFirst.map(([type, peak]) => {
    const level = heightAt(y, peak[0], HEIGHT);
    const above = level - 5;
    last = Math.max(above, last + 13);
    return label('roof-label halo', 99, last, `${type} ${formatRate(peak[0], 'FLOP/s')}`);
  });
}

/** Along the memory roof to the ridge and level from there; level where the memory roof is not known. */
function roofPath(
  peak: number,
  bandwidth: PageEstimate | null,
  x: Scale,
  y: Scale,
): readonly (readonly [number, number])[] {
  const level = heightAt(y, peak, HEIGHT);
  if (bandwidth === null)
    return [
      [0, level],
      [100, level],
    ];
  const ridge = peak / bandwidth[0];
  // Where the memory roof enters the drawing: at its left edge, or at its floor.
  const entry = Math.max(x.low, y.low / bandwidth[0]);
  return [
    [x.at(entry), heightAt(y, entry * bandwidth[0], HEIGHT)],
    [x.at(ridge), level],
    [100, level],
  ];
}

function numbered(points: readonly RooflinePoint[]): ReadonlyMap<string, number> {
  return new Map([...new Set(points.map(({ caseId }) => caseId))].map((id, index) => [id, index + 1]));
}

/** Two sides that are the same are both seen. */
const RADIUS = { all: 4, baseline: 5.5, contender: 3 } as const;

function pointMark(
  { caseId, group, intensity, rate }: RooflinePoint,
  number: number,
  x: Scale,
  y: Scale,
): Content {
  const [left, top] = [x.at(intensity), heightAt(y, rate[0], HEIGHT)];
  const colour = group === 'contender' ? SIDE_COLOURS.contender : SIDE_COLOURS.baseline;
  const of = group === 'all' ? '' : `, ${group}`;
  return [
    dot(`mark fill-${colour}`, left, top, RADIUS[group], `${caseId}${of}: ${formatRate(rate[0], 'FLOP/s')}`),
    element(
      'text',
      { class: 'point-label halo', x: `${left}%`, y: top - 7, 'text-anchor': 'middle' },
      number,
    ),
  ];
}

function pointTable(
  points: readonly RooflinePoint[],
  numbers: ReadonlyMap<string, number>,
  data: PageData,
): Markup {
  const isCompared = data.comparison !== null;
  return dataTable({
    caption: 'Points of the roofline',
    hidesCaption: true,
    columns: [
      { heading: 'point' },
      { heading: 'case' },
      ...(isCompared ? [{ heading: 'side' }] : []),
      { heading: 'intensity', isNumber: true },
      { heading: 'achieved', isNumber: true },
      { heading: 'interval', isNumber: true },
      { heading: 'of the roof', isNumber: true },
    ],
    rows: points.map((point) => ({
      cells: [
        { content: numbers.get(point.caseId) ?? 0, kind: 'word' },
        element(
          'a',
          { href: `#${CASE_ID_PREFIX}${point.caseIndex}`, class: 'case-id' },
          caseName(point.caseId),
        ),
        ...(isCompared ? [{ content: point.group, kind: 'word' }] : []),
        `${Number(point.intensity.toPrecision(3))} FLOP/B`,
        formatRate(point.rate[0], 'FLOP/s'),
        rangeText('FLOP/s', point.rate[1], point.rate[2]),
        shareText(data, point),
      ],
    })),
  });
}

/** As the reports have it, each of its own roof and by the type of the operations; – where they have none. */
function shareText(data: PageData, { caseIndex, group: name }: RooflinePoint): string {
  const [page, group] = [data.cases[caseIndex], groupsOf(data).find((one) => one.name === name)];
  const share = page === undefined || group === undefined ? null : estimateOf(page, group, 'roofShare');
  return share === null ? '–' : formatPercent(share[0]);
}
