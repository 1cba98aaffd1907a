// What the page calls metrics and clocks, and how it writes their values: the words of docs/glossary.md.
import { ownValue } from '../base/own-value.ts';
import { type Figure, figureText, rangeText } from '../report/figure-text.ts';
import { METRIC_UNITS, type MetricId } from '../report/metric-units.ts';
import { formatPlusMinus } from '../report/percent.ts';
import type { PageEstimate } from './page-data.ts';
import type { PAGE_CLOCKS } from './page-elements.ts';

const METRIC_WORDS: Readonly<Record<MetricId, string>> = {
  gpuTime: 'device time',
  wallTime: 'wall time',
  cpuTime: 'CPU time of the measuring thread',
  correctedWallTime: 'corrected wall time (without steal)',
  correctedWallMean: 'corrected wall time, mean',
  submitTime: 'submit',
  queueTime: 'queue, until the device began',
  wakeUpTime: 'wake-up',
  runQueueWait: 'run-queue wait',
  throttledTime: 'throttled, at most',
  wallTimeP5: 'wall time, 5 %',
  wallTimeP95: 'wall time, 95 %',
  wallTimeP99: 'wall time, 99 %',
  wallTimeMax: 'wall time, largest',
  ownTime: 'of which guestmark itself',
  cpuShare: 'share on a CPU',
  runQueueShare: 'share waiting for a CPU',
  switchesPerSample: 'context switches a sample',
  gpuInterrupts: 'interrupts of the GPU a sample',
  bandwidth: 'bandwidth',
  arithmetic: 'arithmetic',
  itemRate: 'rate',
  itemTime: 'time of an item',
  roofShare: 'share of the roof',
  stealLow: 'stolen, at least',
  stealHigh: 'stolen, at most',
};

/** Clocks in words, and the name of their colour. */
export const CLOCK_WORDS: Readonly<
  Record<(typeof PAGE_CLOCKS)[number], { readonly words: string; readonly colour: string }>
> = {
  gpuTime: { words: 'device time', colour: 'device' },
  wallTime: { words: 'wall time, raw', colour: 'wall' },
  correctedWallLow: { words: 'corrected wall, at least', colour: 'corrected' },
  correctedWallHigh: { words: 'corrected wall, at most', colour: 'corrected' },
  undisturbedWallLow: { words: 'undisturbed wall, at least', colour: 'undisturbed' },
  undisturbedWallHigh: { words: 'undisturbed wall, at most', colour: 'undisturbed' },
  cpuTime: { words: 'CPU time', colour: 'cpu' },
  submitTime: { words: 'submit', colour: 'submit' },
  queueTime: { words: 'queue', colour: 'queue' },
  wakeUpTime: { words: 'wake-up', colour: 'wake-up' },
};

/** A time that comparisons have and reports have not. */
const UNDISTURBED = 'undisturbedWallTime';

/** A metric in words; its id where nobody knows it, as of a newer minor version. */
export function metricWords(id: string): string {
  return id === UNDISTURBED ? 'undisturbed wall time' : (ownValue(METRIC_WORDS, id) ?? id);
}

/** The unit of a metric; of one that nobody knows a plain number. */
export function metricUnit(id: string): Figure['unit'] {
  return id === UNDISTURBED ? 'ns' : (ownValue(METRIC_UNITS, id) ?? 'count');
}

/** A value as the terminal shows it. */
export function valueText(id: string, value: number, itemName: string): string {
  const isItem = id === 'itemTime' || id === 'itemRate';
  return figureText({ unit: metricUnit(id), value }, isItem ? itemName : 'items');
}

/** Its interval: `4.9–5.1 µs`. */
export function intervalText(id: string, [, low, high]: PageEstimate): string {
  return rangeText(metricUnit(id), low, high);
}

/** Half the width of the interval, relative: `±0.4%`; nothing where the value is no estimate. */
export function plusMinus([value, low, high]: PageEstimate): string {
  return value > 0 && high > low ? formatPlusMinus((high - low) / 2 / value) : '';
}

/** A duration at a tick of an axis: without digits that say nothing. */
export function tickNs(ns: number): string {
  return tickText('ns', ns);
}

/** Any unit at a tick. */
export function tickText(unit: Figure['unit'], value: number): string {
  return value === 0 ? '0' : withoutZeros(figureText({ unit, value }, 'items'));
}

/** A number with its unit, without digits that say nothing at a round value: `2.0 %` is `2 %`. */
export function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?= )/, '$1').replace(/\.(?= )/, '');
}

/** A statement as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
