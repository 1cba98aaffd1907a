// Whether the latest report of a series is like those before it. Reports are the unit here: what differs from one day to the next
// is in the spread of the reports, and in none of the samples.
import { available, unavailable } from '../base/availability.ts';
import type { Verdict } from '../compare/comparison.ts';
import { probabilityText, ratioText } from '../compare/comparison-words.ts';
import { holmAdjusted } from '../stats/holm.ts';
import { FEWEST_BEFORE, type Prediction, predictionOf } from '../stats/prediction.ts';
import type { HistoryOptions, LatestJudgement } from './history.ts';

/** Values of a series since its last change, in the order of time, the latest included. */
export interface LatestStretch {
  readonly values: readonly number[];
  readonly better: 'lower' | 'higher';
}

type Limits = Pick<HistoryOptions, 'noiseFloor' | 'alpha'>;

/** Judges the latest values of all series, with one correction over them (Holm). */
export function judgeLatest(stretches: readonly LatestStretch[], limits: Limits): readonly LatestJudgement[] {
  const predictions = stretches.map(({ values }) => predictionFor(values, limits.noiseFloor));
  const known = predictions.flatMap((one) => (typeof one === 'string' ? [] : [one.p]));
  const adjusted = holmAdjusted(known);
  let next = 0;
  return stretches.map(({ values, better }, i) => {
    const prediction = predictions[i] as Prediction | string;
    const points = values.length - 1;
    if (typeof prediction === 'string') {
      const missing = unavailable(prediction);
      return { verdict: 'unclear', reason: prediction, points, ratio: missing, p: missing };
    }
    const holm = adjusted[next++] as number;
    const { ratio, p } = prediction;
    const judged = judge(prediction, holm, better, limits);
    return { ...judged, points, ratio: available(ratio), p: available({ raw: p, holm }) };
  });
}

/** A prediction, or why there is none. */
function predictionFor(values: readonly number[], noiseFloor: number): Prediction | string {
  const before = values.slice(0, -1);
  const count = `${before.length} ${before.length === 1 ? 'report' : 'reports'}`;
  if (before.length < FEWEST_BEFORE)
    return `${count} of this level before it: at least ${FEWEST_BEFORE} are needed`;
  if (values.some((value) => !(value > 0))) return 'a value is 0, so there is no ratio';
  return predictionOf(before, values.at(-1) as number, { noiseFloor });
}

function judge(
  { ratio }: Prediction,
  holm: number,
  better: LatestStretch['better'],
  { noiseFloor, alpha }: Limits,
): { readonly verdict: Verdict; readonly reason: string } {
  const seen = `${ratioText(ratio)} against the reports before, by how much those differ`;
  const isAbove = ratio.low > 1 + noiseFloor;
  if (isAbove || ratio.high < 1 - noiseFloor) {
    const p = `p ${probabilityText(holm)} after Holm's correction over the series`;
    if (holm > alpha) return { verdict: 'unclear', reason: `${seen}; ${p} is more than ${alpha}` };
    return { verdict: isAbove === (better === 'lower') ? 'slower' : 'faster', reason: `${seen}; ${p}` };
  }
  const isWithin = ratio.low >= 1 - noiseFloor && ratio.high <= 1 + noiseFloor;
  return isWithin
    ? { verdict: 'same', reason: seen }
    : { verdict: 'unclear', reason: `${seen}; that is not within the noise floor, and not beyond it` };
}
