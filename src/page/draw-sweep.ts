// A benchmark along an axis as curves with their intervals. Curves differ by colour and by mark, and have their names beside
// the figure.
import { formatQuantity } from '../base/units.ts';
import { type Content, element, joined, type Markup } from './markup.ts';
import { FIGURES } from './page-elements.ts';
import { figure } from './page-figure.ts';
import type { Sweep, SweepCurve } from './page-sweeps.ts';
import { intervalText, metricUnit, metricWords, tickText, valueText } from './page-words.ts';
import { fittingScale, type Scale } from './plot-scale.ts';
import { axisDrawing, dot, drawing, gridLines, label, line, path, stretched } from './svg-plot.ts';

const HEIGHT = 240;
const [TOP, BOTTOM] = [16, 6];

/** The figure of a sweep. */
export function sweepFigure({ benchmark, axis, metric, curves, left }: Sweep): Markup {
  const points = curves.flatMap((curve) => curve.points);
  const x = fittingScale(points.map((point) => point.x));
  const y = fittingScale(points.flatMap((point) => point.y));
  const title = `${metricWords(metric)} of ${benchmark} against ${axis}`;
  return figure(
    {
      figure: FIGURES.sweep,
      level: 3,
      benchmark,
      title: `${benchmark}: ${metricWords(metric)} against ${axis}`,
      caption: joined(
        ...curves.map((curve, index) => curveKey(curve, index)),
        left > 0 ? ` and ${left} settings more, which are in the table of cases. ` : null,
        'Bars are 95 % intervals, of several reports the least and the largest.',
      ),
    },
    drawing(
      HEIGHT,
      { title, description: curves.map((curve) => describeCurve(curve, metric)).join('; ') },
      gridLines(x, HEIGHT),
      heightLines(y, HEIGHT, (value) => tickText(metricUnit(metric), value)),
      stretched(
        HEIGHT,
        curves.map(({ points: own }, index) =>
          path(
            `curve stroke-series-${index}`,
            own.map((point) => [x.at(point.x), heightAt(y, point.y[0], HEIGHT)]),
          ),
        ),
      ),
      curves.map((curve, index) => curveMarks(curve, index, x, y, metric)),
    ),
    axisDrawing(x, (value) => formatQuantity(Math.round(value * 1e6) / 1e6), axis),
  );
}

/** Lines across with their value above them at the left. */
export function heightLines(y: Scale, height: number, text: (value: number) => string): Content {
  return y.ticks.map(({ value }) => {
    const at = heightAt(y, value, height);
    return [line('grid', 0, at, 100, at), label('tick halo', 0, at - 3, text(value))];
  });
}

/** Pixels from the top. */
export function heightAt(y: Scale, value: number, height: number): number {
  return height - BOTTOM - (y.at(value) / 100) * (height - TOP - BOTTOM);
}

function curveMarks({ points }: SweepCurve, index: number, x: Scale, y: Scale, metric: string): Content {
  return points.map((point) => {
    const at = x.at(point.x);
    const [value, low, high] = point.y;
    const title = `${point.caseId}: ${valueText(metric, value, 'items')}, ${intervalText(metric, point.y)}`;
    return [
      line(`interval stroke-series-${index}`, at, heightAt(y, low, HEIGHT), at, heightAt(y, high, HEIGHT)),
      dot(`mark fill-series-${index}`, at, heightAt(y, value, HEIGHT), 3.5, title),
    ];
  });
}

function curveKey({ label: name }: SweepCurve, index: number): Content {
  return name === ''
    ? null
    : element('span', { class: 'named' }, element('i', { class: `chip chip-series-${index}` }), name);
}

function describeCurve({ label: name, points }: SweepCurve, metric: string): string {
  const values = points.map(({ x, y }) => `${formatQuantity(x)}: ${valueText(metric, y[0], 'items')}`);
  return `${name === '' ? '' : `${name}: `}${values.join(', ')}`;
}
