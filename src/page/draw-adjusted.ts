// Raw against corrected, as the three figures of the lecture: on bare metal, virtualized, adjusted. With one side only the
// device's own time takes the place of bare metal, and says so.
import { formatNs, formatNsRange } from '../base/units.ts';
import type { Comparison, SideRecord } from '../compare/comparison.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageCase, PageEstimate } from './page-data.ts';
import { FIGURES } from './page-elements.ts';
import { figure, figureRow, swatch } from './page-figure.ts';
import { estimateOf, type PageGroup } from './page-groups.ts';
import { tickNs } from './page-words.ts';
import { linearScale, type Scale } from './plot-scale.ts';
import { axisDrawing, bar, drawing, gridLines, line } from './svg-plot.ts';

const HEIGHT = 30;

/** A bar: what it is and how long. */
interface Told {
  readonly name: string;
  readonly colour: string;
  readonly estimate: PageEstimate;
  /** The bar is certain up to the low end, and only possible up to the high one. */
  readonly isBound: boolean;
}

/** The figure; null where there is no wall time. */
export function adjusted(
  page: PageCase,
  index: number,
  groups: readonly PageGroup[],
  comparison: Comparison | null,
): Markup | null {
  const told = comparison === null ? ofOne(page, groups) : ofTwo(page, groups, comparison);
  if (told.length < 2) return null;
  const scale = linearScale(0, Math.max(...told.map(({ estimate }) => estimate[2])) * 1.03);
  return figure(
    {
      figure: FIGURES.adjusted,
      case: index,
      title: comparison === null ? 'Raw against corrected' : titleOf(sideNames(comparison)),
      caption: captionOf(comparison),
    },
    ...told.map((one) => figureRow(swatch(one.colour, one.name), shownValue(one), drawn(one, scale))),
    figureRow('', '', axisDrawing(scale, tickNs, '')),
  );
}

function ofOne(page: PageCase, [group]: readonly PageGroup[]): readonly Told[] {
  if (group === undefined) return [];
  return [
    ...told(page, group, 'gpuTime', 'device time', 'device'),
    ...told(page, group, 'wallTime', 'wall time, raw', 'wall'),
    ...told(page, group, 'correctedWallTime', 'wall time, adjusted for steal', 'corrected', true),
  ];
}

function ofTwo(
  page: PageCase,
  [baseline, contender]: readonly PageGroup[],
  comparison: Comparison,
): readonly Told[] {
  if (baseline === undefined || contender === undefined) return [];
  const [bare, guest] = sideNames(comparison);
  return [
    ...told(page, baseline, 'wallTime', `baseline, ${bare ?? 'raw'}`, 'undisturbed'),
    ...told(page, contender, 'wallTime', `contender, ${guest ?? 'raw'}`, 'wall'),
    ...told(page, contender, 'correctedWallTime', 'contender, adjusted for steal', 'corrected', true),
  ];
}

/** What the lecture calls the two sides, as far as they are that: null for a side that is not, or may not be. */
function sideNames({
  baseline,
  contender,
}: Comparison): readonly [bare: 'on bare metal' | null, guest: 'virtualized' | null] {
  const is = (side: SideRecord, wanted: (hypervisor: string) => boolean): boolean =>
    side.reports.length > 0 &&
    side.reports.every(({ hypervisor }) => hypervisor.available && wanted(hypervisor.value));
  return [
    is(baseline, (name) => name === 'none') ? 'on bare metal' : null,
    is(contender, (name) => name !== 'none') ? 'virtualized' : null,
  ];
}

function told(
  page: PageCase,
  group: PageGroup,
  metric: string,
  name: string,
  colour: string,
  isBound = false,
): readonly Told[] {
  const estimate = estimateOf(page, group, metric);
  return estimate === null ? [] : [{ name, colour, estimate, isBound }];
}

function titleOf([bare, guest]: ReturnType<typeof sideNames>): string {
  return bare === null || guest === null
    ? 'Baseline, contender, adjusted'
    : 'Bare metal, virtualized, adjusted';
}

function captionOf(comparison: Comparison | null): Content {
  const bound =
    'The adjusted time is an interval: solid up to the least that the clocks allow, pale up to the most. Thin lines are 95 % intervals, of several reports the least and the largest.';
  return comparison === null
    ? ['The device knows its own time; the wall time beyond it is the host. ', bound]
    : [
        'Wall time of one iteration on both sides, and that of the contender without what the hypervisor took. ',
        bound,
      ];
}

function shownValue({ estimate, isBound }: Told): Content {
  const [value, low, high] = estimate;
  if (isBound) return formatNsRange(low, high);
  return [formatNs(value), element('span', { class: 'quiet' }, ` ${formatNsRange(low, high)}`)];
}

function drawn({ name, colour, estimate: [value, low, high], isBound }: Told, scale: Scale): Markup {
  const middle = HEIGHT / 2;
  const title = `${name}: ${isBound ? '' : `${formatNs(value)}, `}${formatNsRange(low, high)}`;
  return drawing(
    HEIGHT,
    { title },
    gridLines(scale, HEIGHT),
    isBound && bar(`fill-${colour} pale`, scale.at(low), scale.at(high), 7, HEIGHT - 14),
    bar(`fill-${colour}`, 0, scale.at(isBound ? low : value), 7, HEIGHT - 14),
    line('whisker', scale.at(low), middle, scale.at(high), middle),
    line('whisker', scale.at(low), middle - 4, scale.at(low), middle + 4),
    line('whisker', scale.at(high), middle - 4, scale.at(high), middle + 4),
  );
}
