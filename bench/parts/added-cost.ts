// What one way to do something takes longer than another, from rounds in which the two are timed in turn: whatever slows
// this machine down for longer than a round falls on both. Knows no device.
import { type FigureEstimate, medianInterval } from 'guestmark';

/** The fewest of which lowest and highest enclose the median with 95 %. */
const LEAST_ROUNDS = 6;
const MOST_ROUNDS = 49;
const LONGEST_NS = 150e6;

/** The clock that rounds are timed with. */
interface NowNs {
  nowNs(): number;
}

/**
 * The median of (other − plain) over rounds, with its 95 % interval; in ns. Below 0 where the other is faster, or where the
 * machine is too noisy to tell. A round is plain, other, other, plain: what the one that runs first leaves to the next (a
 * CPU awake, caches filled) falls on both alike.
 */
export function addedNs({ nowNs }: NowNs, plain: () => void, other: () => void): FigureEstimate {
  const differences: number[] = [];
  const endNs = nowNs() + LONGEST_NS;
  while (differences.length < LEAST_ROUNDS || (differences.length < MOST_ROUNDS && nowNs() < endNs)) {
    const startNs = nowNs();
    plain();
    const othersNs = nowNs();
    other();
    other();
    const plainNs = nowNs();
    plain();
    const endOfRoundNs = nowNs();
    differences.push((plainNs - othersNs - (othersNs - startNs) - (endOfRoundNs - plainNs)) / 2);
  }
  const found = medianInterval(differences);
  if (found === null) throw new Error('six rounds have a median');
  return { value: found.median, low: found.low, high: found.high };
}
