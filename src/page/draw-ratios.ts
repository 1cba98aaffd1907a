// Ratios with their intervals on one logarithmic axis around 1, a drawing for each row of a table (a forest plot). The band is
// what counts as the same.
import type { ComparedValue } from '../compare/comparison.ts';
import type { Markup } from './markup.ts';
import { extent, linearScale, type Scale } from './plot-scale.ts';
import { axisDrawing, bar, dot, drawing, label, line } from './svg-plot.ts';

const HEIGHT = 24;

/** An axis for all ratios of a table; beyond three times it is cut. */
export function ratioScale(ratios: readonly ComparedValue[], noiseFloor: number): Scale {
  const [low, high] = extent(ratios.flatMap((ratio) => [ratio.low, ratio.high]));
  const reach = Math.max(
    Math.log(Math.max(high, 1e-9)),
    -Math.log(Math.max(low, 1e-9)),
    Math.log(1 + 3 * noiseFloor),
  );
  const most = Math.min(reach * 1.08, Math.log(3));
  return linearScale(-most, most, 4);
}

/** One ratio; an arrow at the edge where its interval goes on beyond. */
export function ratioDrawing(
  ratio: ComparedValue,
  kind: string,
  scale: Scale,
  noiseFloor: number,
  title: string,
): Markup {
  const at = (value: number): number => scale.at(Math.log(value));
  const middle = HEIGHT / 2;
  const isBeyond = Math.log(ratio.high) > scale.high || Math.log(ratio.low) < scale.low;
  return drawing(
    HEIGHT,
    { title },
    bar('band', at(1 - noiseFloor), at(1 + noiseFloor), 0, HEIGHT),
    line('zero', at(1), 0, at(1), HEIGHT),
    line(`interval stroke-${kind}`, at(ratio.low), middle, at(ratio.high), middle),
    dot(`mark fill-${kind}`, at(ratio.value), middle, 4),
    isBeyond &&
      label(
        'tick',
        Math.log(ratio.high) > scale.high ? 100 : 0,
        middle - 4,
        Math.log(ratio.high) > scale.high ? '→' : '←',
      ),
  );
}

/** The axis under the column: percent of difference. */
export function ratioAxis(scale: Scale): Markup {
  return axisDrawing(scale, (log) => percentDifference(Math.exp(log)), 'ratio');
}

/** `+5 %`, `−12 %`, `0 %`. */
export function percentDifference(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent);
  const digits = size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2;
  const text = size.toFixed(digits);
  return Number(text) === 0 ? '0 %' : `${percent > 0 ? '+' : '−'}${text} %`;
}
