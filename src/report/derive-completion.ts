// What the grid of waits says of a guest, and what to do about it: whether waking an idle vCPU costs anything, and whether a
// futex without a GPU predicts it. Pure; says that there is a cost only where the intervals of the medians lie apart.
import { formatNs } from '../base/units.ts';
import { type CompletionWay, FUTEX, type Load, type Pin } from './completion-grid.ts';
import { formatPercent } from './percent.ts';
import type { Metric } from './report.ts';

/** What is known of the price of an idle vCPU. */
interface IdleCost {
  readonly pin: Pin;
  readonly idle: Metric;
  readonly awake: Metric;
  /** In ns. */
  readonly cost: number;
  /** Whether it is there beyond the intervals, and large enough to act upon. */
  readonly isSeen: boolean;
}

/** Less is within what a scheduler does from one minute to the next. */
const NOTABLE_NS = 3e3;
const NOTABLE_RATIO = 0.15;
/** In an idle guest a thread with a vCPU of its own waits for it during less than a hundredth of the time. */
const BUSY_SHARE = 0.1;
/** An interval that is wider, of its value, does not tell twice from half. */
const VAGUE = 0.5;

/** What a way of waiting takes longer in an idle guest than in one that is kept awake; null where it was not measured. */
function idleCost(way: CompletionWay | undefined, pin: Pin): IdleCost | null {
  const idle = way?.metric(pin, 0, 'wallTime');
  const awake = way?.metric(pin, 1, 'wallTime');
  if (idle === undefined || awake === undefined) return null;
  return { pin, idle, awake, cost: idle.value - awake.value, isSeen: isNotablyLonger(idle, awake) };
}

/** Whether one median is longer than another beyond their intervals, and by enough to act upon. */
function isNotablyLonger(longer: Metric, shorter: Metric): boolean {
  const difference = longer.value - shorter.value;
  return longer.low > shorter.high && difference > Math.max(NOTABLE_NS, NOTABLE_RATIO * shorter.value);
}

/** What the ping-pong says that a wait costs more across idle vCPUs than on one. */
export interface FutexPrediction {
  readonly predictedNs: number;
  readonly measuredNs: number;
  /** (predicted − measured) / measured. */
  readonly error: number;
}

/**
 * Predicts from a futex alone what a wait in an idle guest takes longer across vCPUs than on one. A round trip of the
 * ping-pong wakes two threads. So does a submission to a software device, whose thread is woken first; a GPU needs no vCPU to
 * be woken, and only the waiting thread is.
 *
 * @returns null where the futex was not measured, or a wait takes no longer.
 */
export function futexPrediction(ways: readonly CompletionWay[], software: boolean): FutexPrediction | null {
  const [across, within] = both(named(ways, 'fence-wait'));
  const [futexAcross, futexWithin] = both(named(ways, FUTEX));
  if (across === undefined || within === undefined || !isNotablyLonger(across, within)) return null;
  if (futexAcross === undefined || futexWithin === undefined) return null;
  const predictedNs = (futexAcross.value - futexWithin.value) * (software ? 1 : 0.5);
  const measuredNs = across.value - within.value;
  return { predictedNs, measuredNs, error: (predictedNs - measuredNs) / measuredNs };
}

/** In the idle guest, across vCPUs and on one. */
function both(way: CompletionWay | undefined): readonly [Metric | undefined, Metric | undefined] {
  return [way?.metric(2, 0, 'wallTime'), way?.metric(1, 0, 'wallTime')];
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
    crossingFinding(ways),
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
  const waiting = wait?.metric(pin, 0, 'runQueueShare')?.value ?? 0;
  if (pin === 2 && waiting > BUSY_SHARE)
    return {
      text: `what waking an idle vCPU costs cannot be told: the guest was not idle, the waiting thread waited for its vCPU during ${formatPercent(waiting)} of the time`,
      advice: 'stop other work on this machine, and use more --runs',
    };
  const both = `a wait takes ${formatNs(idle.value)} in the idle guest and ${formatNs(awake.value)} in one that is kept awake`;
  if (seen === undefined && isVague(told))
    return {
      text: `what waking an idle vCPU costs cannot be told: a wait in the idle guest is known from ${formatNs(idle.low)} to ${formatNs(idle.high)} only, in one that is kept awake from ${formatNs(awake.low)} to ${formatNs(awake.high)}`,
      advice: 'stop other work on this machine, and use more --runs',
    };
  if (seen === undefined) return { text: `no cost of waking an idle vCPU was seen: ${both}`, advice: null };
  return {
    text: `waking idle vCPUs costs ${formatNs(cost)} a wait here: ${both}`,
    advice: ['let the host poll before it halts a vCPU (kvm.halt_poll_ns)', ...remedies(ways, pin)].join(
      '; ',
    ),
  };
}

/** A guest that is not idle, or changes from run to run, has nothing to say of one that is. */
function isVague({ idle, awake }: IdleCost): boolean {
  return [idle, awake].some(({ value, low, high }) => high - low > VAGUE * value) || awake.low > idle.high;
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
  const wakes = software ? 'two wake-ups by a futex predict' : 'one wake-up by a futex predicts';
  return {
    text: `in the idle guest a wait takes ${formatNs(measuredNs)} longer across vCPUs than on one; without a GPU ${wakes} ${formatNs(predictedNs)}, ${formatPercent(Math.abs(error))} ${sign}`,
    advice: null,
  };
}

/** What reaching another vCPU costs where it need not be woken from idling. */
function crossingFinding(ways: readonly CompletionWay[]): Finding | null {
  const wait = named(ways, 'fence-wait');
  const [across, within] = [wait?.metric(2, 1, 'wallTime'), wait?.metric(1, 1, 'wallTime')];
  if (across === undefined || within === undefined || !isNotablyLonger(across, within)) return null;
  return {
    text: `waking a thread on another vCPU costs ${formatNs(across.value - within.value)} a wait even where none idles: ${formatNs(across.value)} across vCPUs, ${formatNs(within.value)} on one`,
    advice:
      'an interrupt between vCPUs leaves the guest unless the host has AVIC, APICv or the like: ask for it, or keep who wait for each other on one vCPU',
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
