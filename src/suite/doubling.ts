// Whether twice the work takes twice the time: what no clock can tell by itself. It finds a driver that drops part of the
// work (llvmpipe ends all loops of an invocation after 65,535 iterations without a word), a device that answers before it
// has finished, and timestamps that do not count. Runs after the case was sampled and verified, and changes none of its
// samples.
import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import type { Scope } from '../base/scope.ts';
import { isDouble } from '../stats/is-double.ts';
import { median } from '../stats/quantile.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import type { Doubling } from './case-run.ts';
import { type Judge, judgeFor } from './judged-time.ts';
import type { PreparedCase } from './prepare-case.ts';
import { isJudgedByDevice, type Sampled } from './sample-case.ts';
import { newRawSample } from './sample-store.ts';
import type { Session } from './session.ts';
import { takeSample } from './take-sample.ts';

/**
 * One sample of the doubled work beside the warm ones is enough where it shows the double so well: work of which all that is
 * added was dropped would have to be noisy by as much, and a case of long samples takes most of its time for pairs.
 */
const CLEAR_BOUNDS = { low: 1.8, high: 2.2 } as const;
const MOST_PAIRS = 5;
/** One pair is enough where it takes long: noise is then short beside it. */
const PAIRS_NS = 60e6;
/** A machine that is busy for a moment shifts all pairs of that moment. */
const ATTEMPTS = 3;

/** Of the case's limit: a wait that runs out of time would cost the device. */
const LEAST_SHARE_LEFT = 0.2;

/** What is compared. */
export interface DoublingSubject {
  readonly prepared: PreparedCase;
  readonly sampled: Sampled;
  readonly iterations: number;
  /** How long a submission took when it was warm. */
  readonly warmNs: number;
}

/** Compares; never throws for what the doubled case does, while the device is usable. */
export async function testDoubling(
  session: Session,
  one: Case,
  subject: DoublingSubject,
  scope: Scope,
): Promise<Available<Doubling>> {
  if (one.benchmark.kind === 'latency') return unavailable('one iteration is the point of a latency');
  if (!subject.sampled.timestamps) return unavailable('a submission without work has nothing to double');
  // The rate of a cold case would be withheld for what its caches are good for.
  if (subject.sampled.flush !== null && (one.benchmark.doubles ?? null) === null)
    return unavailable('only the first of two iterations would find the caches empty');
  const leftNs = subject.sampled.waiting.deadlineNs - session.clocks.stamp.nowNs();
  if (leftNs < LEAST_SHARE_LEFT * session.options.timeoutNs)
    return unavailable('the case had no time left for it');
  try {
    const doubled = recordDoubled(session, one, subject, scope);
    return doubled.available ? await compare(session, one, subject, doubled.value) : doubled;
  } catch (error) {
    if (!session.device.usable) throw error;
    return unavailable(describeError(error));
  }
}

interface Doubled {
  readonly axis: string | null;
  readonly hasNewKernels: boolean;
  readonly sampled: Sampled;
}

function recordDoubled(
  { device }: Session,
  { id, benchmark, axes }: Case,
  { prepared, sampled, iterations }: DoublingSubject,
  scope: Scope,
): Available<Doubled> {
  const axis = benchmark.doubles ?? null;
  const twice = axis === null ? axes : { ...axes, [axis]: 2 * (axes[axis] as number) };
  const refusal = callBenchmark(id, 'requires()', () => benchmark.requires?.(twice) ?? null);
  if (refusal !== null) return unavailable(`the doubled case makes no sense: ${refusal}`);
  const { steps, hasNewKernels } =
    axis === null ? { steps: prepared.steps, hasNewKernels: false } : prepared.prepareAt(twice);
  const submission = scope.use(
    device.record({ steps, iterations: axis === null ? 2 * iterations : iterations, timestamps: true }),
  );
  return available({ axis, hasNewKernels, sampled: { ...sampled, submission } });
}

async function compare(
  session: Session,
  one: Case,
  { sampled: single, warmNs }: DoublingSubject,
  { axis, hasNewKernels, sampled }: Doubled,
): Promise<Available<Doubling>> {
  const judge = judgeFor(session.device, one.benchmark.kind, isJudgedByDevice(single));
  const time = timerOf(session, judge);
  const interrupted = unavailable('the run was interrupted before');
  if (session.interrupted()) return interrupted;
  // The first submission of a new pipeline compiles it.
  if (hasNewKernels) time(sampled);
  const clear = time(sampled) / warmNs;
  if (clear >= CLEAR_BOUNDS.low && clear <= CLEAR_BOUNDS.high)
    return available({ axis, ratio: clear, pairs: 0 });
  const ratios: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS && !isDouble(median(ratios)); attempt++) {
    ratios.length = 0;
    const startNs = session.clocks.stamp.nowNs();
    do {
      if (session.interrupted()) return interrupted;
      ratios.push(time(sampled) / time(single));
      await session.breathe({ id: one.id, phase: 'verifying', samples: 0 });
    } while (ratios.length < MOST_PAIRS && session.clocks.stamp.nowNs() - startNs < PAIRS_NS);
  }
  const ratio = median(ratios);
  if (!Number.isFinite(ratio)) return unavailable('the device gave no times to compare');
  return available({ axis, ratio, pairs: ratios.length });
}

function timerOf(session: Session, judge: Judge): (sampled: Sampled) => number {
  const sample = newRawSample(session.clocks, false);
  return ({ submission, waiting, flush }) => {
    flush?.();
    takeSample(session, submission, waiting, sample);
    return judge(sample);
  };
}
