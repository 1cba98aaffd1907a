// Warm-up and sampling of a prepared case until the stopping rule says enough.
import { median } from '../stats/quantile.ts';
import type { Submission } from '../vulkan/compute-device.ts';
import type { Benchmark } from './benchmark.ts';
import { calibrationPoints } from './calibration-points.ts';
import type { Case } from './case-id.ts';
import type { StopReason } from './case-run.ts';
import { checkDeadline } from './deadline.ts';
import type { Flush } from './flush-caches.ts';
import { isSteady } from './is-steady.ts';
import { judgeFor } from './judged-time.ts';
import { lastsNsOf } from './lasting.ts';
import { spanRule, unkeptPerSample } from './rendezvous.ts';
import { newRawSample, type RawSample } from './sample-store.ts';
import type { CaseProgress, Session } from './session.ts';
import { MIN_SAMPLES, type StoppingRule, stopReason, TARGET_RELATIVE_HALF_WIDTH } from './stopping.ts';
import { takeSample, type Waiting } from './take-sample.ts';

/** What is submitted, and how. */
export interface Sampled {
  readonly submission: Submission;
  readonly waiting: Waiting;
  /** Whether it was recorded with timestamps. */
  readonly timestamps: boolean;
  /** Whether these cannot be true, so that the round trip judges the case; default no. */
  readonly distrusted?: boolean;
  /** Empties the caches before a sample; null where samples are taken hot. */
  readonly flush: Flush | null;
  /** Whether submission and wait are one piece; default no. */
  readonly isWhole?: boolean;
  /** Looks at what the samples so far have left, after each batch; null where that is done at the end only. */
  readonly check?: SampleCheck | null;
  /** Neither more samples, nor more to warm up; default as the kind of benchmark has it. */
  readonly mostSamples?: number;
}

/**
 * Checks the output after the samples `first` to `last`, counted from 1.
 *
 * @throws GuestmarkError (verification) where it is wrong.
 */
export type SampleCheck = (first: number, last: number) => void;

/** Of a case's limit: sampling and its checks may take so much, so that they alone never reach it. */
const MOST_OF_LIMIT = 0.5;

/** A latency sample takes microseconds, so looking at progress after each would be most of the time. */
const BATCH = { throughput: 1, latency: 32 } as const;
const MAX_SAMPLES = { throughput: 1000, latency: 3200 } as const;
/** Of a case that lasts for a given time: a sample of some ms for minutes. */
const MAX_LASTING_SAMPLES = 20_000;
/** Latencies of milliseconds are looked at in smaller batches. */
const BATCH_NS = 50e6;
/** GPUs raise their clocks within some tens of milliseconds of work; a CPU has worked on the verification before. */
const WARM_UP_NS = { gpu: 100e6, software: 50e6 } as const;
const WARM_UP_SUBMISSIONS = { throughput: 2, latency: 64 } as const;
/** However long one takes. */
const LEAST_SUBMISSIONS = 2;
/** Clocks that go on rising, or a cache that goes on filling: waited for until then, and no longer. */
const LONGEST_WARM_UP_NS = 300e6;
/** Twice the warm-up of a GPU: a trial that took so long, because a submission does, needs no warm-up after it. */
const WHOLE_TRIAL_NS = 200e6;
/** Enough to know by a few per cent how long an iteration takes, which only decides how many make a sample. */
const TRIAL_NS = 30e6;
/** Where the clocks stand still, as they can in a simulation, time alone would never end it. */
const MOST_WARM_UP_SUBMISSIONS = 10_000;
/** The last submissions tell how long one takes when warm. */
const WARM_SUBMISSIONS = 9;

/**
 * Submits until clocks, caches and compilers are warm: for 100 ms (50 ms on a software device) and at least a number of
 * times, and until the time of a submission no longer falls or rises, but for no more than 300 ms. A trial is shorter,
 * and does not wait for that.
 *
 * @returns How many submissions it took, and the median of the last ones by the judged time; of a trial also whether it
 *   took twice as long as a warm-up must.
 */
export async function warmUp(
  session: Session,
  one: Case,
  sampled: Sampled,
  length: 'whole' | 'trial' = 'whole',
): Promise<{ count: number; medianNs: number; isWhole: boolean }> {
  const { kind } = one.benchmark;
  const { stamp } = session.clocks;
  const { mostSamples = Number.POSITIVE_INFINITY } = sampled;
  const judge = judgeFor(session.device, kind, isJudgedByDevice(sampled));
  const sample = newRawSample(session.clocks, isSplit(kind));
  const judged: number[] = [];
  const warmUpNs = WARM_UP_NS[session.device.info.software ? 'software' : 'gpu'];
  const startNs = stamp.nowNs();
  let count = 0;
  const isCold = (): boolean => {
    const elapsedNs = stamp.nowNs() - startNs;
    if (count < LEAST_SUBMISSIONS) return true;
    if (count >= mostSamples) return false;
    if (count < WARM_UP_SUBMISSIONS[kind] && elapsedNs < LONGEST_WARM_UP_NS) return true;
    if (length === 'trial') return count < MOST_WARM_UP_SUBMISSIONS && elapsedNs < TRIAL_NS;
    return (
      count < MOST_WARM_UP_SUBMISSIONS &&
      (elapsedNs < warmUpNs || (elapsedNs < LONGEST_WARM_UP_NS && !isSteady(judged)))
    );
  };
  while (isCold()) {
    checkDeadline(session.clocks, sampled.waiting.deadlineNs);
    sampled.flush?.();
    takeSample(session, sampled.submission, sampled.waiting, sample);
    // The first one is never warm.
    if (judged.length === WARM_SUBMISSIONS || count === 1) judged.shift();
    judged.push(judge(sample));
    count++;
    if (session.interrupted()) break;
    if (count % BATCH[kind] === 0) await session.breathe({ id: one.id, phase: 'warming up', samples: 0 });
  }
  const isWhole = stamp.nowNs() - startNs >= WHOLE_TRIAL_NS;
  return { count, medianNs: median(judged), isWhole };
}

/** Whether a throughput is judged by the device's own time. */
export function isJudgedByDevice({ timestamps, distrusted }: Sampled): boolean {
  return timestamps && distrusted !== true;
}

/** What sampling found besides the samples. */
export interface Sampling {
  readonly stopReason: StopReason;
  readonly notes: readonly string[];
  /** Submissions that were made between the samples and not kept. */
  readonly unkept: number;
}

/**
 * Samples until the rule stops it or the user does.
 *
 * @param into Receives the samples as they come, so that they are there when a later one fails.
 */
export async function sampleCase(
  session: Session,
  one: Case,
  sampled: Sampled,
  into: RawSample[],
): Promise<Sampling> {
  const { kind } = one.benchmark;
  const { stamp } = session.clocks;
  const rule = ruleFor(session, one, sampled);
  const judge = judgeFor(session.device, kind, isJudgedByDevice(sampled));
  const judged = new Float64Array(rule.maxSamples);
  const points = calibrationPoints(session);
  const startNs = stamp.nowNs();
  let before = points.read();
  let checkedNs = 0;
  const thinning = thinningOf(session);
  for (;;) {
    checkDeadline(session.clocks, sampled.waiting.deadlineNs);
    const earlier = into.length;
    const count = Math.min(BATCH[kind], rule.maxSamples - earlier);
    takeBatch(session, sampled, { kind, count, unkept: thinning.unkept() }, into);
    const after = points.read();
    for (const [index, sample] of into.slice(earlier).entries()) {
      Object.assign(sample, { before, after });
      judged[earlier + index] = judge(sample);
    }
    before = after;
    checkedNs += checkedFor(stamp, () => sampled.check?.(earlier + 1, into.length));
    const spentNs = stamp.nowNs() - startNs;
    thinning.count(into.length - earlier, spentNs);
    const decided = stopReason(rule, judged.subarray(0, into.length), spentNs - checkedNs);
    const reason = decided ?? stoppedBy(session, spentNs, checkedNs);
    if (reason !== null) {
      thinning.tell(one.id);
      return { stopReason: reason, notes: points.notes(), unkept: thinning.total() };
    }
    const progress: CaseProgress = { id: one.id, phase: 'sampling', samples: into.length };
    await session.breathe(progress);
  }
}

/** What is left out between the samples of a span that many share. */
interface Thinning {
  /** Submissions behind each sample of the next batch that are not kept. */
  unkept(): number;
  count(samples: number, spentNs: number): void;
  total(): number;
  tell(id: string): void;
}

/** Decided after the first batch; none where a process measures by itself. */
function thinningOf({ rendezvous }: Session): Thinning {
  let [perSample, total] = [0, 0];
  let decided = rendezvous === undefined;
  return {
    unkept: () => perSample,
    count: (samples, spentNs) => {
      total += samples * perSample;
      if (!decided && rendezvous !== undefined)
        perSample = unkeptPerSample(rendezvous.spanNs, spentNs / samples);
      decided = true;
    },
    total: () => total,
    tell: (id) => rendezvous?.sampled(id, { submissionsPerSample: 1 + perSample }),
  };
}

/** How long a check took, which is no time of sampling. */
function checkedFor(stamp: Session['clocks']['stamp'], check: () => void): number {
  const startNs = stamp.nowNs();
  check();
  return stamp.nowNs() - startNs;
}

/** What ends sampling besides its rule. */
function stoppedBy(session: Session, spentNs: number, checkedNs: number): StopReason | null {
  if (session.interrupted()) return 'interrupted';
  const { maxTimeNs, timeoutNs } = session.options;
  return checkedNs > maxTimeNs && spentNs > MOST_OF_LIMIT * timeoutNs ? 'max-time' : null;
}

/**
 * Room for all samples first, so that taking them allocates as little as it can. Only a sample that was taken
 * is kept, and it is kept at once: the next one may fail.
 */
function takeBatch(
  session: Session,
  { submission, waiting, flush }: Sampled,
  {
    kind,
    count,
    unkept,
  }: { readonly kind: Benchmark['kind']; readonly count: number; readonly unkept: number },
  into: RawSample[],
): void {
  const batch = Array.from({ length: count }, () => newRawSample(session.clocks, isSplit(kind)));
  const rest = newRawSample(session.clocks, isSplit(kind));
  const { stamp } = session.clocks;
  const endNs = stamp.nowNs() + BATCH_NS;
  for (const sample of batch) {
    flush?.();
    takeSample(session, submission, waiting, sample);
    into.push(sample);
    for (let i = 0; i < unkept; i++) {
      flush?.();
      takeSample(session, submission, waiting, rest);
    }
    if (stamp.nowNs() > endNs) return;
  }
}

/** The reading between submit and wait takes a microsecond, which a latency would contain. */
function isSplit(kind: Benchmark['kind']): boolean {
  return kind === 'throughput';
}

function ruleFor(session: Session, one: Case, { mostSamples }: Sampled): StoppingRule {
  const rule = longRuleFor(session, one);
  return { ...rule, maxSamples: Math.min(rule.maxSamples, mostSamples ?? rule.maxSamples) };
}

function longRuleFor({ options, rendezvous }: Session, one: Case): StoppingRule {
  if (rendezvous !== undefined) return spanRule(rendezvous.spanNs);
  const lastsNs = lastsNsOf(one);
  if (lastsNs !== null) return lasting(lastsNs);
  return {
    minTimeNs: options.minTimeNs,
    maxTimeNs: options.maxTimeNs,
    minSamples: MIN_SAMPLES,
    maxSamples: MAX_SAMPLES[one.benchmark.kind],
    targetRelativeHalfWidth: TARGET_RELATIVE_HALF_WIDTH,
  };
}

function lasting(lastsNs: number): StoppingRule {
  return {
    minTimeNs: lastsNs,
    maxTimeNs: lastsNs,
    minSamples: MIN_SAMPLES,
    maxSamples: MAX_LASTING_SAMPLES,
    targetRelativeHalfWidth: null,
  };
}
