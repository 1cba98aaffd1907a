// All figures that follow from several cases, in a fixed order. Pure: the same report always gives the same figures, so
// anyone can compute them again.
import { maxima } from './derive-maximum.ts';
import { rooflineFigures } from './derive-roofline.ts';
import { stabilityFigures } from './derive-stability.ts';
import { startUpFigures } from './derive-start-up.ts';
import type { DerivedFigure, Roofs } from './derived.ts';
import type { CaseResult } from './report.ts';

/**
 * Derives the figures.
 *
 * @param seed `command.seed`: the same seed gives the same intervals.
 */
export function deriveFigures(
  results: readonly CaseResult[],
  roofs: Roofs,
  seed: number,
): readonly DerivedFigure[] {
  const byBenchmark = new Map<string, CaseResult[]>();
  for (const result of results)
    byBenchmark.set(result.benchmark, [...(byBenchmark.get(result.benchmark) ?? []), result]);
  const each = (derive: (name: string, cases: readonly CaseResult[]) => readonly DerivedFigure[]) =>
    [...byBenchmark].flatMap(([name, cases]) => derive(name, cases));
  return [
    ...each(maxima),
    ...rooflineFigures(results, roofs),
    ...each((name, cases) => startUpFigures(name, cases, seed)),
    ...results.flatMap(stabilityFigures),
  ];
}
