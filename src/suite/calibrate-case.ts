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
  const { sampled: single, warm: first } = await warmUpTrusted(
    session,
    one,
    record(1),
    kind === 'latency' ? 'whole' : 'trial',
  );
  // A latency is always one iteration.
  const iterations = flush === null ? iterationsFor(kind, first.medianNs) : 1;
  if (kind === 'latency') return calibrated(single, iterations, first, 0);
  if (iterations > 1) {
    const { sampled, warm } = await warmUpTrusted(session, one, distrustedAs(single, record(iterations)));
    return calibrated(sampled, iterations, warm, first.count);
  }
  // Submissions are so long that two of them were a warm-up.
  if (first.isWhole) return calibrated(single, iterations, first, 0);
  const { sampled, warm } = await warmUpTrusted(session, one, single);
  return calibrated(sampled, iterations, { ...warm, count: first.count + warm.count }, 0);
}

type WarmUp = Awaited<ReturnType<typeof warmUp>>;

/** Warms up; where most of the timestamps cannot be true, once more by the round trip. */
async function warmUpTrusted(
  session: Session,
  one: Case,
  sampled: Sampled,
  length: 'whole' | 'trial' = 'whole',
): Promise<{ readonly sampled: Sampled; readonly warm: WarmUp }> {
  const warm = await warmUp(session, one, sampled, length);
  if (Number.isFinite(warm.medianNs) || sampled.distrusted === true) return { sampled, warm };
  const distrusted = { ...sampled, distrusted: true };
  const again = await warmUp(session, one, distrusted, length);
  return { sampled: distrusted, warm: { ...again, count: warm.count + again.count } };
}

/** What one submission of a case showed holds for the next one. */
function distrustedAs({ distrusted }: Sampled, sampled: Sampled): Sampled {
  return distrusted === true ? { ...sampled, distrusted } : sampled;
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
