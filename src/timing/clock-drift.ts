// How fast one clock runs against another: both are read together at the two ends of a span, one between two
// readings of the other, so that the error of every comparison is known. Knows no clock.
import { type Available, available, unavailable } from '../base/availability.ts';

/** The rate of a clock against a reference. Plain data. */
export interface ClockDrift {
  /** Positive where the clock runs faster than its reference, in parts per million. */
  readonly ppm: number;
  /** How far `ppm` may be off: half the widths of both comparisons over the span. */
  readonly boundPpm: number;
  readonly spanNs: number;
}

/** Ends the span and gives the drift over it. */
export type EndDrift = () => Available<ClockDrift>;

interface Comparison {
  readonly referenceNs: number;
  /** The clock's reading minus the reference's. */
  readonly offsetNs: number;
  readonly widthNs: number;
}

/** The narrowest is kept: an interruption only ever makes one wider. */
const COMPARISONS = 200;

/** Begins a span. Both functions give ns on scales of their own. */
export function beginDrift(nowNs: () => number, referenceNowNs: () => number): EndDrift {
  const begin = compare(nowNs, referenceNowNs);
  return () => {
    const end = compare(nowNs, referenceNowNs);
    const spanNs = end.referenceNs - begin.referenceNs;
    if (!(spanNs > 0)) return unavailable('the reference did not move');
    return available({
      ppm: ((end.offsetNs - begin.offsetNs) / spanNs) * 1e6,
      boundPpm: ((begin.widthNs + end.widthNs) / 2 / spanNs) * 1e6,
      spanNs,
    });
  };
}

function compare(nowNs: () => number, referenceNowNs: () => number): Comparison {
  let best: Comparison = { referenceNs: 0, offsetNs: 0, widthNs: Number.POSITIVE_INFINITY };
  for (let i = 0; i < COMPARISONS; i++) {
    const beforeNs = referenceNowNs();
    const clockNs = nowNs();
    const afterNs = referenceNowNs();
    if (afterNs - beforeNs >= best.widthNs) continue;
    const referenceNs = (beforeNs + afterNs) / 2;
    best = { referenceNs, offsetNs: clockNs - referenceNs, widthNs: afterNs - beforeNs };
  }
  return best;
}
