// What one way to do something takes longer than another, from pairs: the two are timed in turn, so that whatever slows
// this machine down for longer than a pair falls on both. Knows no device.
import { type FigureEstimate, medianInterval } from 'guestmark';

const LEAST_PAIRS = 9;
const MOST_PAIRS = 99;
const LONGEST_NS = 150e6;

/** The clock that pairs are timed with. */
interface NowNs {
  nowNs(): number;
}

/**
 * The median of (other − plain) over pairs, with its 95 % interval; in ns. Below 0 where the other is faster, or where the
 * machine is too noisy to tell.
 */
export function addedNs({ nowNs }: NowNs, plain: () => void, other: () => void): FigureEstimate {
  const differences: number[] = [];
  const endNs = nowNs() + LONGEST_NS;
  while (differences.length < LEAST_PAIRS || (differences.length < MOST_PAIRS && nowNs() < endNs)) {
    const startNs = nowNs();
    plain();
    const betweenNs = nowNs();
    other();
    differences.push(nowNs() - betweenNs - (betweenNs - startNs));
  }
  const found = medianInterval(differences);
  if (found === null) throw new Error('nine pairs have a median');
  return { value: found.median, low: found.low, high: found.high };
}
