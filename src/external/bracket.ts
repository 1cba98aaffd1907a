// An external clock around a piece of work: a burst before it, a burst after it, and what this machine's
// clock says of the time between. The work is unknown here; that nothing is timed during a burst is up to the caller.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Bounded } from '../base/bounded.ts';
import { type ClockVerdict, compareElapsed, judgeClock, OSCILLATORS_PPM } from './drift.ts';
import type { ClockPoint } from './exchange.ts';
import { type Burst, openTimeClient, type TimeClient, type TimeClientOptions } from './time-client.ts';

/** The time between two bursts by both clocks, as it goes into a report. */
export interface ExternalComparison {
  /** The clock of this machine that is judged. */
  readonly clock: string;
  readonly serverClock: string;
  readonly guestWallNs: number;
  readonly externalWallNs: number;
  /** Their difference is known to ± this. */
  readonly boundNs: number;
  /** The guest's clock against the external one; negative: it runs slow. */
  readonly driftPpm: Bounded;
  /** Drift that is put down to the oscillators. */
  readonly tolerancePpm: number;
  /** The longer one of the two shortest round trips. */
  readonly roundTripNs: number;
  /** `slow` and `stopped` can be told apart only by the other brackets of the same process. */
  readonly verdict: ClockVerdict;
  /** `false`: a clock jumped within one of the bursts, and the bound is wide for it. */
  readonly steady: boolean;
  /** Drift of the other clocks of this machine: the time daemon slews CLOCK_MONOTONIC and not CLOCK_MONOTONIC_RAW. */
  readonly otherDriftPpm: Readonly<Record<string, Bounded>>;
}

/** Ends a bracket. */
type EndBracket = () => Promise<Available<ExternalComparison>>;

/** Brackets work, one piece at a time. */
export interface ExternalClock extends Disposable {
  begin(): Promise<EndBracket>;
}

/** Instants that are remembered for the judgement: of as many brackets as half of it. */
const MOST_POINTS = 64;

/**
 * Opens the external clock; where that is not possible, every bracket says why.
 *
 * @param clock The clock of this machine by which the work is timed.
 */
export async function openExternalClock(options: TimeClientOptions, clock: string): Promise<ExternalClock> {
  const client = await openTimeClient(options);
  if (client.available) return bracketing(client.value, clock);
  return { begin: async () => async () => client, [Symbol.dispose]: () => undefined };
}

function bracketing(client: TimeClient, clock: string): ExternalClock {
  let instance: number | undefined;
  let points: ClockPoint[] = [];
  const remember = (burst: Burst): void => {
    const reading = readingOf(burst, clock);
    if (reading === undefined) return;
    if (burst.instance !== instance) points = [];
    instance = burst.instance;
    points = [...points, reading].slice(-MOST_POINTS);
  };
  return {
    begin: async () => {
      const before = await client.burst();
      if (before.available) remember(before.value);
      return async () => {
        if (!before.available) return before;
        const after = await client.burst();
        if (!after.available) return after;
        remember(after.value);
        return compareBursts(before.value, after.value, clock, points);
      };
    },
    [Symbol.dispose]: () => client[Symbol.dispose](),
  };
}

function readingOf(burst: Burst, clock: string): Burst['readings'][0] | undefined {
  return burst.readings.find((reading) => reading.clock === clock);
}

/** @param points All instants of the process so far, these two last. */
function compareBursts(
  before: Burst,
  after: Burst,
  clock: string,
  points: readonly ClockPoint[],
): Available<ExternalComparison> {
  if (before.instance !== after.instance) return unavailable('the time server was restarted in between');
  const [from, to] = [readingOf(before, clock), readingOf(after, clock)];
  if (from === undefined || to === undefined) return unavailable(`${clock} cannot be read on this machine`);
  const judged = judgeClock([from, to]);
  if (!judged.available) return judged;
  const { guestNs, externalNs, lostNs, driftPpm } = judged.value;
  return available({
    clock,
    serverClock: after.serverClock,
    guestWallNs: guestNs,
    externalWallNs: externalNs,
    boundNs: lostNs.high - lostNs.value,
    driftPpm,
    tolerancePpm: OSCILLATORS_PPM,
    roundTripNs: Math.max(from.roundTripNs, to.roundTripNs),
    verdict: judged.value.verdict === 'agrees' ? 'agrees' : inContext(judged.value.verdict, points),
    steady: from.steady && to.steady,
    otherDriftPpm: otherDrifts(before, after, clock),
  });
}

/** A rate that is off only here is no rate: the clock stopped, or jumped. */
function inContext(verdict: ClockVerdict, points: readonly ClockPoint[]): ClockVerdict {
  const judged = judgeClock(points);
  const isRate = !judged.available || judged.value.constantDriftPpm !== null;
  if (isRate) return verdict;
  return verdict === 'slow' ? 'stopped' : 'jumped';
}

function otherDrifts(before: Burst, after: Burst, clock: string): Readonly<Record<string, Bounded>> {
  const drifts = after.readings.flatMap((to) => {
    const from = readingOf(before, to.clock);
    if (to.clock === clock || from === undefined) return [];
    const compared = compareElapsed(from, to);
    return compared.available ? [[to.clock, compared.value.driftPpm] as const] : [];
  });
  return Object.fromEntries(drifts);
}
