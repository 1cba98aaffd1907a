// Gaps between two readings of a spinning loop, counted by how long they are. Knows cycles, and how long one is; pure.
import type { OperationFigure } from 'guestmark';
import { exactly } from './recent-values.ts';

/** How a loop runs that nothing interrupts. */
export interface LoopScale {
  /** The length of a cycle of its clock. */
  readonly cycleNs: number;
  /** Of one turn. */
  readonly turnNs: number;
}

/** Sums over all gaps so far. */
export interface GapCounts {
  /** The least gap that counts. */
  readonly leastCycles: number;
  /** A gap of the loop, in cycles. Allocates nothing. */
  add(cycles: number): void;
  /** The loop ended after so many cycles; for so many gaps there was no room. */
  end(cycles: number, lost: number): void;
  loops(): number;
  /** Gaps that were steps backwards. */
  backwards(): number;
  figures(): readonly OperationFigure[];
}

const BINS = [
  { leastNs: 1e3, label: '1 µs', id: '1us' },
  { leastNs: 10e3, label: '10 µs', id: '10us' },
  { leastNs: 100e3, label: '100 µs', id: '100us' },
  { leastNs: 1e6, label: '1 ms', id: '1ms' },
] as const;
/** Where every reading takes a microsecond, as where RDTSC is trapped, a turn is no gap. */
const LEAST_TURNS = 5;
/** A gap of more cycles is a step backwards, read without its sign. */
const BACKWARDS_CYCLES = 2 ** 63;
const MOST_CYCLES = 2 ** 32 - 1;

export function gapCounts({ cycleNs, turnNs }: LoopScale): GapCounts {
  const leastNs = Math.max(BINS[0].leastNs, LEAST_TURNS * turnNs);
  const counts = new Float64Array(BINS.length);
  const sumsNs = new Float64Array(BINS.length);
  let [loops, backwards, lost, totalNs, longestNs] = [0, 0, 0, 0, 0];
  const found = (value: number, fromNs = 0): OperationFigure['estimate'] => {
    if (lost > 0) return { available: false, reason: `there was no room for ${lost} gaps` };
    if (fromNs >= leastNs || fromNs === 0) return exactly(value);
    return { available: false, reason: `a turn of the loop takes ${Math.round(turnNs)} ns` };
  };
  return {
    leastCycles: Math.min(MOST_CYCLES, Math.round(leastNs / cycleNs)),
    add: (cycles) => {
      if (cycles >= BACKWARDS_CYCLES) {
        backwards++;
        return;
      }
      const ns = cycles * cycleNs;
      longestNs = Math.max(longestNs, ns);
      for (let bin = 0; bin < BINS.length && ns > (BINS[bin]?.leastNs ?? 0); bin++) {
        counts[bin] = (counts[bin] as number) + 1;
        sumsNs[bin] = (sumsNs[bin] as number) + ns - turnNs;
      }
    },
    end: (cycles, without) => {
      loops++;
      lost += without;
      totalNs += cycles * cycleNs;
    },
    loops: () => loops,
    backwards: () => backwards,
    figures: () => [
      ...BINS.flatMap(({ label, id, leastNs: fromNs }, bin): readonly OperationFigure[] => [
        {
          id: `gapsAbove${id}`,
          label: `gaps above ${label}`,
          unit: '1/s',
          estimate: found((counts[bin] as number) / (totalNs / 1e9), fromNs),
          method: 'counted, per second of spinning',
        },
        {
          id: `shareAbove${id}`,
          label: `time in gaps above ${label}`,
          unit: 'ratio',
          estimate: found((sumsNs[bin] as number) / totalNs, fromNs),
          method: 'their sum without a turn of the loop each, of all time spent spinning',
        },
      ]),
      {
        id: 'longestGap',
        label: 'longest gap',
        unit: 'ns',
        estimate: found(longestNs),
        method: 'of all that were counted',
      },
    ],
  };
}
