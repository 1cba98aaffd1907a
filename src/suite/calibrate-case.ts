// Finds out how many iterations make a sample, and leaves behind the warm submission that is sampled.
import type { Scope } from '../base/scope.ts';
import type { Submission } from '../vulkan/compute-device.ts';
import { iterationsFor } from './calibrate-iterations.ts';
import type { Case } from './case-id.ts';
import type { PreparedCase } from './prepare-case.ts';
import { warmUp } from './sample-case.ts';
import type { Session } from './session.ts';
import type { Waiting } from './take-sample.ts';

/** The submission to sample. */
export interface CalibratedCase {
  readonly submission: Submission;
  /** Iterations in one submission. */
  readonly iterations: number;
  /** Submissions of `submission` so far. */
  readonly warmUpSubmissions: number;
  /** Iterations that ran before the first of them, since the buffers were filled. */
  readonly earlierIterations: number;
}

interface Recording {
  readonly prepared: PreparedCase;
  readonly waiting: Waiting;
  readonly timestamps: boolean;
}

/** Warms up with one iteration, decides, and warms up the submission that will be sampled. */
export async function calibrateIterations(
  session: Session,
  one: Case,
  recording: Recording,
  scope: Scope,
): Promise<CalibratedCase> {
  const record = (iterations: number): Submission =>
    session.device.record({ steps: recording.prepared.steps, iterations, timestamps: recording.timestamps });
  const single = scope.use(record(1));
  const first = await warmUp(session, one, single, recording.waiting);
  const iterations = iterationsFor(one.benchmark.kind, first.lastNs);
  // One iteration has run for the verification.
  if (iterations === 1)
    return { submission: single, iterations, warmUpSubmissions: first.count, earlierIterations: 1 };
  const submission = scope.use(record(iterations));
  const warm = await warmUp(session, one, submission, recording.waiting);
  return { submission, iterations, warmUpSubmissions: warm.count, earlierIterations: 1 + first.count };
}
