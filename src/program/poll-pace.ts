// How often the threads of a program are looked at. Looking costs CPU time that the program may want, so the pause
// follows from what the last look has cost.

/** A short program should be seen at least once or twice. */
const FIRST_PAUSE_NS = 1e6;
/** Longer would lose too much of what a thread did before it ended. */
const LONGEST_PAUSE_NS = 1e8;
/** The share of one CPU that looking may take: at first, later, and where a program waits for every look. */
const MOST_SHARE = 0.01;
const MOST_SHARE_LATER = 0.002;
const MOST_SHARE_WAITED_FOR = 0.0005;
const LATER_NS = 1e9;
/** Switches between two looks from which on the next look comes sooner: a ring holds some thousand. */
const MANY_SWITCHES = 2000;

/** What the last look was like. */
export interface LastLook {
  /** The pause before it; 0 before the first. */
  readonly pauseNs: number;
  /** CPU time that it took, with the sleep and the wake-up before it. */
  readonly costNs: number;
  /** Context switches that it took out of the rings. */
  readonly switches: number;
  /** How long the program has run. */
  readonly elapsedNs: number;
  /** The program has no CPU but the one from which it is looked at, so it waits for every look. */
  readonly sharesCpu: boolean;
}

/**
 * The pause before the next look: twice the last one up to 100 ms, half of it where the rings fill up, and never so
 * short that looking takes more than 1 % of a CPU, 0.2 % once the program has run for a second, and 0.05 % where it waits for
 * every look.
 */
export function nextPauseNs({ pauseNs, costNs, switches, elapsedNs, sharesCpu }: LastLook): number {
  const wishedNs = switches > MANY_SWITCHES ? pauseNs / 2 : pauseNs * 2;
  const pacedNs = Math.min(Math.max(wishedNs, FIRST_PAUSE_NS), LONGEST_PAUSE_NS);
  const mostShare = elapsedNs < LATER_NS ? MOST_SHARE : MOST_SHARE_LATER;
  return Math.max(pacedNs, costNs / (sharesCpu ? MOST_SHARE_WAITED_FOR : mostShare));
}
