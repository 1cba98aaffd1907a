// One axis for all cases of a fleet: ratios to the median, linear as far as nodes normally differ and logarithmic beyond, so that
// the shape of the many and the place of a node that is twice as slow are seen together.
import type { Scale, Tick } from '../page/plot-scale.ts';

/** Percent of the axis between two labels. */
const APART = 17;

/**
 * The axis from one ratio to another, by the inverse hyperbolic sine (Johnson, Biometrika 36, 1949; "asinh magnitudes" of Lupton,
 * Gunn and Szalay, AJ 118, 1999).
 *
 * @param unit The difference up to which the axis is about linear: 0.01 for one percent.
 */
export function differenceScale(low: number, high: number, unit: number): Scale {
  const place = (ratio: number): number => Math.asinh((ratio - 1) / unit);
  const from = Math.min(place(low), -1);
  const span = Math.max(place(high), 1) - from;
  const at = (ratio: number): number => {
    const percent = ((place(ratio) - from) / span) * 100;
    return Math.min(100, Math.max(0, Number.isFinite(percent) ? percent : 0));
  };
  const back = (value: number): number => 1 + unit * Math.sinh(value);
  const ends = { low: back(from), high: back(from + span) };
  return { ...ends, isLog: false, at, ticks: differenceTicks(ends, at) };
}

/** 0 and round differences to both sides of it, as many as have room. */
function differenceTicks(
  { low, high }: { readonly low: number; readonly high: number },
  at: (ratio: number) => number,
): readonly Tick[] {
  const middle = { value: 1, at: at(1) };
  const outward = (ratios: readonly number[]): readonly Tick[] => {
    const kept = [middle];
    for (const value of ratios) {
      const last = kept.at(-1) as Tick;
      if (Math.abs(at(value) - last.at) >= APART) kept.push({ value, at: at(value) });
    }
    return kept.slice(1);
  };
  const slower = ROUND.map((difference) => 1 + difference).filter((ratio) => ratio <= high);
  const faster = ROUND.map((difference) => 1 - difference).filter((ratio) => ratio >= low && ratio > 0);
  return [...outward(faster).toReversed(), middle, ...outward(slower)];
}

/** 0.01 % to 10 times as much as the median. */
const ROUND: readonly number[] = [-4, -3, -2, -1, 0, 1].flatMap((power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
);
