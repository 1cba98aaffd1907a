// The rule by which a reading is kept. A reading that was interrupted pairs a wall time with the CPU
// time of another instant; it shows in its width or in the timeslice count, and is taken again.
import { emptySnapshot, type ThreadSnapshot } from './clock.ts';
import { median } from './median.ts';

/** Readings until the narrowest so far is kept. */
const MAX_ATTEMPTS = 8;
const CALIBRATION_READINGS = 64;

/**
 * Overwrites `into` with one reading. The answer is whether the thread's timeslice count was the same before and
 * after; where it was not, `widthNs` must span the whole reading, so that the bound stays true.
 */
export type ReadOnce = (into: ThreadSnapshot) => boolean;

/** Takes a snapshot with the retry rule; the record is filled in place. */
export type Take = (into: ThreadSnapshot) => void;

/**
 * Keeps the first reading that was not interrupted and is narrower than twice the median width, else the
 * narrowest of {@link MAX_ATTEMPTS}. The median is measured here: a fixed limit fails on slow machines.
 */
export function takeNarrowest(read: ReadOnce): Take {
  const limitNs = 2 * medianWidthNs(read);
  const candidate = emptySnapshot();
  return (into) => {
    into.widthNs = Number.POSITIVE_INFINITY;
    let attempts = 0;
    for (let good = false; !good && attempts < MAX_ATTEMPTS; attempts++) {
      good = read(candidate) && candidate.widthNs < limitNs;
      if (good || candidate.widthNs < into.widthNs) copySnapshot(candidate, into);
    }
    into.attempts = attempts;
  };
}

/** The median width of uninterrupted readings, in ns; of all readings when every one was interrupted. */
export function medianWidthNs(read: ReadOnce): number {
  const reading = emptySnapshot();
  const steady: number[] = [];
  const all: number[] = [];
  for (let i = 0; i < CALIBRATION_READINGS; i++) {
    const wasSteady = read(reading);
    all.push(reading.widthNs);
    if (wasSteady) steady.push(reading.widthNs);
  }
  return median(steady.length > 0 ? steady : all);
}

/** Copies every field but `attempts`. */
function copySnapshot(from: ThreadSnapshot, into: ThreadSnapshot): void {
  into.wallNs = from.wallNs;
  into.cpuNs = from.cpuNs;
  into.runQueueNs = from.runQueueNs;
  into.timeslices = from.timeslices;
  into.voluntarySwitches = from.voluntarySwitches;
  into.involuntarySwitches = from.involuntarySwitches;
  into.widthNs = from.widthNs;
  into.cpu = from.cpu;
}
