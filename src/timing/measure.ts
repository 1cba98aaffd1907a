// The public verb of `guestmark/timing`: one piece of work under every clock that this machine has.
// Needs no device; opens its clocks on the calling thread and closes them again.
import { type Available, mapAvailable } from '../base/availability.ts';
import { boundSteal } from './case-steal.ts';
import type { SnapshotClock, ThreadSnapshot } from './clock.ts';
import { countCaseSteal, type EndCount } from './count-case-steal.ts';
import type { Tier, TierVerdict } from './ledger-rules.ts';
import { openSnapshotClock } from './open-snapshot-clock.ts';
import { probeTiming } from './probe.ts';
import { type Segment, segment, stealCeilingNs } from './segment.ts';

/** Something that the reader of a measurement should know. */
export interface MeasureWarning {
  readonly code:
    | 'clock-fallback'
    | 'steal-sources-disagree'
    | 'ledger-violation'
    | 'awaited'
    | 'steal-unknown';
  readonly message: string;
}

/** The steal that hit the thread, in ns: between `lowNs` and `highNs`. */
export interface StealInterval {
  readonly lowNs: number;
  readonly highNs: number;
}

/**
 * What a piece of work took. Durations in ns.
 *
 * For work that returns a promise the span lasts until it settles, and the ledger is still that of the calling
 * thread: the time in which it slept is in `stealAndBlockedNs`, other callbacks of the event loop are in
 * `cpuNs`, and what other threads did for the work is not in it at all.
 */
export interface Measurement<T> {
  readonly value: T;
  readonly wallNs: number;
  readonly cpuNs: Available<number>;
  /** Runnable but waiting for a CPU. */
  readonly runQueueNs: Available<number>;
  /** wall − cpu − runQueue. */
  readonly stealAndBlockedNs: Available<number>;
  readonly stealNs: Available<StealInterval>;
  readonly tier: Tier;
  /** Error of `stealAndBlockedNs`. */
  readonly boundNs: number;
  readonly warnings: readonly MeasureWarning[];
}

/** How to measure. */
export interface MeasureOptions {
  /** The clock to use, opened on this thread; stays open. Default: the best one of this machine. */
  readonly clock?: SnapshotClock;
  /** What the clock's numbers mean. Default: probed, once per process. */
  readonly verdict?: TierVerdict;
}

/**
 * Runs `work` once under all clocks. After it, up to one tick of /proc/stat (10 ms) is spent spinning, so that
 * the kernel's steal counters have caught up; that is outside the measured span.
 */
export async function measure<T>(
  work: () => T | Promise<T>,
  options: MeasureOptions = {},
): Promise<Measurement<T>> {
  const opened = options.clock === undefined ? openSnapshotClock() : { clock: options.clock };
  try {
    const verdict = options.verdict ?? probedVerdict();
    const run = await runBetweenSnapshots(work, opened.clock);
    const part = segment(run.from, run.to, opened.clock, verdict);
    return describe(run, part, verdict, opened.fallbackReason);
  } finally {
    if (options.clock === undefined) opened.clock[Symbol.dispose]();
  }
}

let probed: TierVerdict | undefined;

function probedVerdict(): TierVerdict {
  // Watching the machine would cost the first measurement a second; a caller who wants that brings a verdict.
  probed ??= probeTiming({ observeLimitNs: 0 }).verdict;
  return probed;
}

interface Run<T> {
  readonly value: T;
  readonly awaited: boolean;
  readonly from: ThreadSnapshot;
  readonly to: ThreadSnapshot;
  /** Steal of the CPUs on which this thread may run. */
  readonly counted: EndCount;
}

async function runBetweenSnapshots<T>(work: () => T | Promise<T>, clock: SnapshotClock): Promise<Run<T>> {
  const counted = countCaseSteal();
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  clock.take(from);
  const result = work();
  // Synchronous work is over here: an await would add a turn of the event loop to it.
  if (!isThenable(result)) {
    clock.take(to);
    return { value: result, awaited: false, from, to, counted };
  }
  const value = await result;
  clock.take(to);
  return { value, awaited: true, from, to, counted };
}

function isThenable<T>(result: T | Promise<T>): result is Promise<T> {
  return typeof (result as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

function describe<T>(
  run: Run<T>,
  part: Segment,
  verdict: TierVerdict,
  fallbackReason: string | undefined,
): Measurement<T> {
  const steal = stealOver(part, verdict, run.counted);
  const warnings = [
    ...(fallbackReason === undefined
      ? []
      : [warning('clock-fallback', `the pure-Node clock is used: ${fallbackReason}`)]),
    ...(run.awaited ? [warning('awaited', 'the work was awaited: time asleep is in stealAndBlockedNs')] : []),
    ...(part.violation === undefined ? [] : [warning('ledger-violation', part.violation)]),
    ...(steal.available ? [] : [warning('steal-unknown', steal.reason)]),
    ...(steal.available && steal.value.disagree ? [warning('steal-sources-disagree', DISAGREE)] : []),
  ];
  return {
    value: run.value,
    wallNs: part.wallNs,
    cpuNs: part.cpuNs,
    runQueueNs: part.runQueueNs,
    stealAndBlockedNs: part.stealAndBlockedNs,
    stealNs: mapAvailable(steal, ({ lowNs, highNs }) => ({ lowNs, highNs })),
    tier: verdict.tier,
    boundNs: part.boundNs,
    warnings,
  };
}

const DISAGREE = 'the thread was charged more steal than /proc/stat counted on its CPUs';

function warning(code: MeasureWarning['code'], message: string): MeasureWarning {
  return { code, message };
}

/** Tiers A and B have an upper bound from /proc/stat; the others have what the segment says. */
function stealOver(
  part: Segment,
  { tier }: TierVerdict,
  counted: EndCount,
): Available<StealInterval & { readonly disagree: boolean }> {
  const within = part.stealNs;
  if (!within.available) return within;
  const { lowNs, highNs } = within.value;
  if (tier === 'E') return mapAvailable(within, () => ({ lowNs, highNs, disagree: false }));
  const steal = counted();
  const ceilingNs = steal.available ? steal.value.ceilingNs : steal;
  return mapAvailable(stealCeilingNs(part), (mostNs) =>
    boundSteal(lowNs, mostNs, ceilingNs.available ? ceilingNs.value : Number.POSITIVE_INFINITY),
  );
}
