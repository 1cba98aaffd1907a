// How one number is spread over the nodes: the shape of all of them, what is normal, and the outliers by name, coloured by what
// explains them.
import { BELOW, histogram } from '../page/histogram.ts';
import type { Markup } from '../page/markup.ts';
import type { Scale } from '../page/plot-scale.ts';
import { dot, drawing, gridLines, line, path, stretched } from '../page/svg-plot.ts';
import type { FleetCause } from './fleet-report.ts';

const HEIGHT = 44;

/** The colours of the causes. */
export const CAUSE_COLOURS: Readonly<Record<FleetCause, string>> = {
  gpu: 'device',
  guest: 'steal',
  unexplained: 'same',
};

/** An outlier at its place. */
export interface SpreadMark {
  readonly value: number;
  readonly cause: FleetCause;
  readonly title: string;
}

/** What is drawn. */
interface Spread {
  readonly values: readonly number[];
  readonly median: number;
  /** What is normal: the quantiles at 1 % and 99 %. */
  readonly low: number;
  readonly high: number;
  readonly marks: readonly SpreadMark[];
  readonly title: string;
  readonly description: string;
}

/** The drawing, in the width of its column. */
export function spreadDrawing(spread: Spread, scale: Scale): Markup {
  const { values, median, low, high, marks, title, description } = spread;
  const floor = HEIGHT - BELOW;
  const middle = scale.at(median);
  return drawing(
    HEIGHT,
    { title, description },
    gridLines(scale, HEIGHT),
    stretched(HEIGHT, path('area fill-queue', histogram(values, scale, HEIGHT))),
    line('baseline', 0, floor, 100, floor),
    line('whisker', scale.at(low), floor, scale.at(high), floor),
    line('median stroke-wall', middle, 4, middle, floor),
    marks.map((mark) =>
      dot(`mark fill-${CAUSE_COLOURS[mark.cause]}`, scale.at(mark.value), floor - 9, 4.5, mark.title),
    ),
  );
}
