// Finds out how many iterations make a sample, and leaves behind the warm submission that is sampled.
import type { Scope } from '../base/scope.ts';
import { iterationsFor } from './calibrate-iterations.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { flushOf } from './flush-caches.ts';
import type { PreparedCase } from './prepare-case.ts';
import { type Sampled, warmUp } from './sample-case.ts';
import type { Session } from './session.ts';
import type { Waiting } from './take-sample.ts';

/** What to sample. */
export interface CalibratedCase {
  readonly sampled: Sampled;
  /** Iterations in one submission. */
  readonly iterations: number;
  /** How long a submission takes by the judged time: the median of the last ones of the warm-up. */
  readonly warmNs: number;
  /** Submissions of it so far. */
  readonly warmUpSubmissions: number;
  /** Iterations that ran before the first of them, since the buffers were filled. */
  readonly earlierIterations: number;
}

/** What will be recorded, and how it is waited for. */
export interface Recording {
  readonly prepared: PreparedCase;
  readonly waiting: Waiting;
  readonly timestamps: boolean;
}

/** Warms up with one iteration, decides, and warms up the submission that will be sampled. */
export async function calibrateIterations(
  session: Session,
  one: Case,
  { prepared, waiting, timestamps }: Recording,
  scope: Scope,
): Promise<CalibratedCase> {
  const isCold = callBenchmark(one.id, 'cold()', () => one.benchmark.cold?.(one.axes) === true);
  // The second iteration of a submission would be hot again.
  const flush = isCold ? flushOf(session.device, session.clocks, waiting.deadlineNs, scope) : null;
  const record = (iterations: number): Sampled => {
    const submission = session.device.record({ steps: prepared.steps, iterations, timestamps });
    return { submission: scope.use(submission), waiting, timestamps, flush };
  };
  const { kind } = one.benchmark;
  const { single, first } = await tryOne(session, one, record(1));
  // A latency is always one iteration.
  const iterations = flush === null ? iterationsFor(kind, first.medianNs) : 1;
  if (kind === 'latency') return calibrated(single, iterations, first, 0);
  if (iterations > 1) {
    const sampled = { ...record(iterations), ...(single.distrusted === true ? { distrusted: true } : {}) };
    return calibrated(sampled, iterations, await warmUp(session, one, sampled), first.count);
  }
  // Submissions are so long that two of them were a warm-up.
  const warm = first.isWhole ? { count: 0, medianNs: first.medianNs } : await warmUp(session, one, single);
  const all = { count: first.count + warm.count, medianNs: warm.medianNs };
  return calibrated(single, iterations, all, 0);
}

type WarmUp = Awaited<ReturnType<typeof warmUp>>;

/** Warms up with one iteration; where most of its timestamps cannot be true, once more by the round trip. */
async function tryOne(
  session: Session,
  one: Case,
  sampled: Sampled,
): Promise<{ single: Sampled; first: WarmUp }> {
  const length = one.benchmark.kind === 'latency' ? 'whole' : 'trial';
  const first = await warmUp(session, one, sampled, length);
  if (Number.isFinite(first.medianNs)) return { single: sampled, first };
  const single = { ...sampled, distrusted: true };
  const again = await warmUp(session, one, single, length);
  return { single, first: { ...again, count: first.count + again.count } };
}

function calibrated(
  sampled: Sampled,
  iterations: number,
  warm: { readonly count: number; readonly medianNs: number },
  earlierIterations: number,
): CalibratedCase {
  return {
    sampled,
    iterations,
    warmNs: warm.medianNs,
    warmUpSubmissions: warm.count,
    earlierIterations,
  };
}
