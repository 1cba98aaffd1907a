// What the grid of waits says of a guest, and what to do about it: whether waking an idle vCPU costs anything, and whether a
// futex without a GPU predicts it. Pure; says that there is a cost only where the intervals of the medians lie apart.
import { formatNs } from '../base/units.ts';
import { type CompletionWay, FUTEX, type Load, type Pin } from './completion-grid.ts';
import { formatPercent } from './percent.ts';
import type { Metric } from './report.ts';

/** A difference of two medians, from the least to the most that their intervals allow. */
export interface Difference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is known of the price of an idle vCPU. */
export interface IdleCost {
  readonly pin: Pin;
  readonly idle: Metric;
  readonly awake: Metric;
  readonly cost: Difference;
  /** Whether it is there beyond the intervals, and large enough to act upon. */
  readonly isSeen: boolean;
}

/** Less is within what a scheduler does from one minute to the next. */
const NOTABLE_NS = 3e3;
const NOTABLE_RATIO = 0.15;

/** What a way of waiting takes longer in an idle guest than in one that is kept awake; null where it was not measured. */
export function idleCost(way: CompletionWay | undefined, pin: Pin): IdleCost | null {
  const idle = way?.metric(pin, 0, 'wallTime');
  const awake = way?.metric(pin, 1, 'wallTime');
  if (idle === undefined || awake === undefined) return null;
  const cost = {
    value: idle.value - awake.value,
    low: idle.low - awake.high,
    high: idle.high - awake.low,
  };
  const isSeen = cost.low > 0 && cost.value > Math.max(NOTABLE_NS, NOTABLE_RATIO * awake.value);
  return { pin, idle, awake, cost, isSeen };
}

/** What the ping-pong across vCPUs says that a wait costs more in an idle guest. */
export interface FutexPrediction {
  readonly predictedNs: number;
  readonly measuredNs: number;
  /** (predicted − measured) / measured. */
  readonly error: number;
}

/**
 * Predicts what a wait on another vCPU costs more in an idle guest from a futex alone. A round trip of the ping-pong wakes two
 * threads. So does a submission to a software device, whose thread is woken first; a GPU needs no vCPU to be woken, and only
 * the waiting thread is.
 */
export function futexPrediction(ways: readonly CompletionWay[], software: boolean): FutexPrediction | null {
  const measured = idleCost(named(ways, 'fence-wait'), 2);
  const futex = idleCost(named(ways, FUTEX), 2);
  if (measured === null || futex === null || !measured.isSeen) return null;
  const predictedNs = futex.cost.value * (software ? 1 : 0.5);
  const measuredNs = measured.cost.value;
  return { predictedNs, measuredNs, error: (predictedNs - measuredNs) / measuredNs };
}

/** A finding and what it calls for; advice is null where there is nothing to do. */
export interface Finding {
  readonly text: string;
  readonly advice: string | null;
}

/** All findings, the price of an idle vCPU first. */
export function completionFindings(ways: readonly CompletionWay[], software: boolean): readonly Finding[] {
  return [
    idleFinding(ways),
    predictionFinding(ways, software),
    pollFinding(ways),
    contentionFinding(ways),
  ].flatMap((finding) => finding ?? []);
}

function idleFinding(ways: readonly CompletionWay[]): Finding | null {
  const wait = named(ways, 'fence-wait');
  // Across vCPUs by choice first: a free thread may sit on either.
  const costs = ([2, 0] as const).flatMap((pin) => idleCost(wait, pin) ?? []);
  const seen = costs.find(({ isSeen }) => isSeen);
  const told = seen ?? costs[0];
  if (told === undefined) return null;
  const { idle, awake, cost, pin } = told;
  const both = `a wait takes ${formatNs(idle.value)} in the idle guest and ${formatNs(awake.value)} in one that is kept awake`;
  if (seen === undefined) return { text: `no cost of waking an idle vCPU was seen: ${both}`, advice: null };
  return {
    text: `waking idle vCPUs costs ${formatNs(cost.value)} a wait here: ${both}`,
    advice: ['let the host poll before it halts a vCPU (kvm.halt_poll_ns)', ...remedies(ways, pin)].join(
      '; ',
    ),
  };
}

/** What a program can do itself, where the grid shows that it helps. */
function remedies(ways: readonly CompletionWay[], pin: Pin): readonly string[] {
  const wait = named(ways, 'fence-wait');
  const idle = wait?.metric(pin, 0, 'wallTime');
  const helps = (way: CompletionWay | undefined, at: Pin, what: string): readonly string[] => {
    const other = way?.metric(at, 0, 'wallTime');
    if (idle === undefined || other === undefined || other.high >= idle.low) return [];
    return [`${what} (${formatNs(other.value)} in the idle guest)`];
  };
  return [
    ...helps(wait, 1, 'pin the waiting thread to the vCPU that wakes it'),
    ...helps(named(ways, 'hybrid'), pin, 'poll for a while before waiting'),
    ...helps(named(ways, 'fence-poll'), pin, 'or poll, at the price of a vCPU'),
  ];
}

function predictionFinding(ways: readonly CompletionWay[], software: boolean): Finding | null {
  const prediction = futexPrediction(ways, software);
  if (prediction === null) return null;
  const { predictedNs, measuredNs, error } = prediction;
  const sign = error < 0 ? 'less' : 'more';
  const wakes = software ? 'two wake-ups' : 'one wake-up';
  return {
    text: `a futex without a GPU predicts ${formatNs(predictedNs)} of it, for ${wakes} of an idle vCPU: ${formatPercent(Math.abs(error))} ${sign} than the ${formatNs(measuredNs)} measured`,
    advice: null,
  };
}

/** So many times as long as on another vCPU is no matter of taste. */
const HARMFUL = 3;

function pollFinding(ways: readonly CompletionWay[]): Finding | null {
  const poll = named(ways, 'fence-poll');
  const same = poll?.metric(1, 0, 'wallTime');
  const other = poll?.metric(2, 0, 'wallTime');
  if (same === undefined || other === undefined || same.low < HARMFUL * other.high) return null;
  return {
    text: `polling on the vCPU of who ends the wait takes ${formatNs(same.value)}, and ${formatNs(other.value)} on another: it keeps them from running`,
    advice: 'poll only where another vCPU is free for the driver',
  };
}

/** Of the time between the snapshots. */
const NOTABLE_WAIT = 0.1;

function contentionFinding(ways: readonly CompletionWay[]): Finding | null {
  const wait = named(ways, 'fence-wait');
  const at = (load: Load): Metric | undefined => wait?.metric(2, load, 'wallTimeP95');
  const [contended, awake] = [at(2), at(1)];
  const share = wait?.metric(2, 2, 'runQueueShare');
  const earlier = wait?.metric(2, 1, 'runQueueShare');
  if (contended === undefined || awake === undefined || share === undefined || earlier === undefined)
    return null;
  if (share.low < Math.max(NOTABLE_WAIT, 2 * earlier.high)) return null;
  return {
    text: `beside a process on its vCPU the thread waits for that CPU during ${formatPercent(share.value)} of the time, and the 95th percentile of a wait rises from ${formatNs(awake.value)} to ${formatNs(contended.value)}: that is contention within the guest and no steal`,
    advice: 'keep other work off the vCPU of the waiting thread',
  };
}

function named(ways: readonly CompletionWay[], name: string): CompletionWay | undefined {
  return ways.find((way) => way.name === name);
}
