// How the figures and names of a comparison read, the same in tables of the terminal and of Markdown. Pure; knows no layout and
// escapes for no format.
import { figureText } from '../report/figure-text.ts';
import { formatPlusMinus } from '../report/percent.ts';
import type {
  ComparedCase,
  ComparedMetric,
  ComparedMetricId,
  ComparedValue,
  Comparison,
} from './comparison.ts';

/** What metrics are called in sentences. */
export const METRIC_NAMES: Readonly<Record<ComparedMetricId, string>> = {
  gpuTime: 'GPU time',
  wallTime: 'wall time',
  correctedWallTime: 'corrected wall time',
  undisturbedWallTime: 'undisturbed wall time',
  wallTimeP99: 'p99 of the wall time',
  bandwidth: 'bandwidth',
  arithmetic: 'arithmetic rate',
  itemRate: 'item rate',
};

/** The metrics whose ratios stand beside the one that is judged, with the headings of their columns. */
export const OTHER_METRICS: readonly (readonly [id: ComparedMetricId, heading: string])[] = [
  ['gpuTime', 'GPU time'],
  ['wallTime', 'wall'],
  ['correctedWallTime', 'corrected'],
  ['undisturbedWallTime', 'undisturbed'],
  ['wallTimeP99', 'p99'],
];

/** What is not known; the reason stands elsewhere. */
export const NONE = '–';

/** `4.00 ms ±0.3%`: the half-width is the larger one, where the interval is not symmetrical. */
export function valueText(unit: ComparedMetric['unit'], { value, low, high }: ComparedValue): string {
  const text = figureText({ unit, value }, 'items');
  if (!(value > 0)) return text;
  return `${text} ${formatPlusMinus(Math.max(high - value, value - low) / value)}`;
}

/** `+4.9 % (+4.2 to +5.6)`, with as many decimals as the interval deserves. */
export function ratioText({ value, low, high }: ComparedValue): string {
  const digits = decimals(high - low);
  const [at, from, to] = [value, low, high].map((ratio) => signed(ratio - 1, digits));
  return `${at} % (${from} to ${to})`;
}

/** `+4.9 %`: the same without its interval. */
export function changeText({ value, low, high }: ComparedValue): string {
  return `${signed(value - 1, decimals(high - low))} %`;
}

/** The metrics whose value is one end of what the clocks leave open. */
const OPEN: readonly ComparedMetricId[] = ['correctedWallTime', 'undisturbedWallTime'];

/** A metric beside the one that is judged: `+4.9 %`; of a corrected wall `-3.1 to +5.2 %`, because its value alone is no estimate. */
export function besideText({ id, ratio }: Pick<ComparedMetric, 'id' | 'ratio'>): string {
  if (!OPEN.includes(id)) return changeText(ratio);
  const digits = decimals(ratio.high - ratio.low);
  return `${signed(ratio.low - 1, digits)} to ${signed(ratio.high - 1, digits)} %`;
}

/** A share of the baseline with its interval, which reads as a ratio does. */
export function shareText({ value, low, high }: ComparedValue): string {
  return ratioText({ value: value + 1, low: low + 1, high: high + 1 });
}

/** More decimals than the interval is wide say nothing. */
function decimals(width: number): number {
  if (width >= 0.3) return 0;
  return width >= 0.003 ? 1 : 2;
}

/** Zero has no sign. */
function signed(share: number, digits: number): string {
  if (!Number.isFinite(share)) return NONE;
  // Bounds that the clocks leave open may be far away.
  const text = share >= 1000 ? (share * 100).toExponential(1) : (share * 100).toFixed(digits);
  if (Number(text) === 0) return text.replace('-', '');
  return share > 0 ? `+${text}` : text;
}

/** `0.012`, `<0.001`: as statistics packages write it. */
export function probabilityText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** The metric by which a case was judged. */
export function judgedMetric({ judgedBy, metrics }: ComparedCase): ComparedMetric | undefined {
  return metrics.find(({ id }) => id === judgedBy);
}

/** Cases that were judged by the same metric, under its name; the metric of most cases comes first. */
export function casesByMetric(
  cases: readonly ComparedCase[],
): readonly (readonly [ComparedMetricId | null, readonly ComparedCase[]])[] {
  const groups = new Map<ComparedMetricId | null, ComparedCase[]>();
  for (const one of cases) groups.set(one.judgedBy, [...(groups.get(one.judgedBy) ?? []), one]);
  return [...groups].sort(([, some], [, others]) => others.length - some.length);
}

/** What a case says for itself below its row: why it is unclear, or why it differs. */
export function remarkOf({ verdict, reason, explanation }: ComparedCase): string | null {
  if (verdict === 'unclear') return reason;
  if (verdict === 'same') return null;
  return explanation.available
    ? explanation.value.statement
    : `${reason}; why is not known: ${explanation.reason}`;
}

/** Texts that several cases share, with the ids of these cases, in the order in which they first appear. */
export function gathered(
  said: readonly (readonly [id: string, text: string])[],
): readonly (readonly [text: string, ids: readonly string[]])[] {
  const byText = new Map<string, string[]>();
  for (const [id, text] of said) byText.set(text, [...(byText.get(text) ?? []), id]);
  return [...byText];
}

/** `1 slower, 2 faster, 12 same, 3 unclear of 18 cases; geometric mean of GPU time +0.4 % (-0.1 to +0.9)`. */
export function summaryText({ cases, counts, means, unpaired }: Comparison): string {
  const { length } = cases;
  if (length === 0) {
    const lone = unpaired.baseline.length + unpaired.contender.length;
    return `Nothing was compared: no case is on both sides, and ${lone} on one of them.`;
  }
  const verdicts = (['slower', 'faster', 'same', 'unclear'] as const).map(
    (verdict) => `${counts[verdict]} ${verdict}`,
  );
  const most = casesByMetric(cases)[0]?.[0];
  const mean = means.find(({ metric }) => metric === most);
  const tail =
    mean?.ratio.available === true
      ? `; geometric mean of ${METRIC_NAMES[mean.metric]} ${ratioText(mean.ratio.value)}`
      : '';
  return `${verdicts.join(', ')} of ${counted(length, 'case')}${tail}`;
}

/** `1 case`, `2 cases`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
