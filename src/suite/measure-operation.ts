// The course of a host benchmark: make the operation, run it once and verify, warm up, sample, verify again, and ask for
// its other figures. The counterpart of prepare-case and calibrate-case for what is no work of a device.
import { unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { Scope } from '../base/scope.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import type { CaseRecord } from './case-record.ts';
import { checkNeeds } from './check-needs.ts';
import { wrongOutput } from './check-output.ts';
import { hostContext } from './host-context.ts';
import { caseLimitNs } from './lasting.ts';
import type { MakeOperation, Operation } from './operation.ts';
import { operationSubmission } from './operation-submission.ts';
import { measureOwnCost } from './own-cost.ts';
import { recordSamples } from './record-samples.ts';
import { recordSwitches } from './record-switches.ts';
import { type Sampled, warmUp } from './sample-case.ts';
import type { Session } from './session.ts';
import type { Waiting } from './take-sample.ts';
import { describeMismatch, isVerification } from './verification.ts';

/** A sample of so much is long against the stamps around it. */
const TARGET_SAMPLE_NS = 20e3;
const MOST_REPETITIONS = 4096;

/** Measures into the record. */
export async function measureOperation(
  session: Session,
  one: Case,
  make: MakeOperation,
  record: CaseRecord,
  scope: Scope,
): Promise<void> {
  const { clocks, options } = session;
  const deadlineNs = clocks.stamp.nowNs() + caseLimitNs(one, options.timeoutNs);
  const waiting: Waiting = { mode: 'block', deadlineNs };
  record.outputSha256 = unavailable('an operation has no output to hash');
  record.doubling = unavailable('one operation is the point of a latency');
  await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
  checkNeeds(one, session.device.info);
  clocks.workers?.release();
  const host = hostContext(session, one, scope, deadlineNs);
  const operation = await callBenchmark(one.id, 'operation()', () => make(one.axes, host));
  const timestamps = operation.ticks !== undefined;
  record.notes.push(...recordSwitches(clocks, { kind: 'latency', timestamps }));
  let count = 0;
  const sampledAs = (iterations: number): Sampled => ({
    submission: operationSubmission(operation, iterations, (operations) => {
      count += operations;
    }),
    waiting,
    timestamps: false,
    flush: null,
    isWhole: operation.wait === undefined,
    mostSamples: operation.mostSamples ?? Number.POSITIVE_INFINITY,
  });
  const single = sampledAs(1);
  runOnce(single);
  record.verifiedBefore = verify(one, operation, count, 'before timing');
  const first = await warmUp(session, one, single);
  const iterations = repetitions(operation, first.medianNs);
  const sampled = iterations === 1 ? single : sampledAs(iterations);
  record.iterations = iterations;
  record.warmUpSubmissions = first.count;
  record.ownCost = measureOwnCost(session, { iterations, calls: operation.calls });
  const endWatch = clocks.watchDevice();
  const samples = await recordSamples(session, one, sampled, record);
  record.deviceState = endWatch();
  await session.breathe({ id: one.id, phase: 'verifying', samples });
  record.verifiedAfter = verify(one, operation, count, 'after timing');
  record.figures = callBenchmark(one.id, 'figures()', () => operation.figures?.() ?? []);
}

function runOnce({ submission }: Sampled): void {
  submission.submit();
  submission.wait('block', 0);
  submission.reset();
}

/** What must wait or be put back cannot be repeated within a sample. */
function repetitions({ wait, reset }: Operation, operationNs: number): number {
  if (wait !== undefined || reset !== undefined) return 1;
  if (!(operationNs > 0)) return MOST_REPETITIONS;
  return Math.min(MOST_REPETITIONS, Math.max(1, Math.round(TARGET_SAMPLE_NS / operationNs)));
}

function verify(one: Case, operation: Operation, count: number, when: string): number {
  const verification: unknown = callBenchmark(one.id, 'verify()', () => operation.verify(count));
  if (!isVerification(verification) || (verification.ok && verification.checked === 0)) {
    throw new GuestmarkError('usage', `Cannot run ${one.id}: verify() of its operation compared nothing`, {
      hint: 'return what compareElements() or allOf() gives',
    });
  }
  if (verification.ok) return verification.checked;
  throw wrongOutput(
    `is wrong ${when}: ${describeMismatch(verification)}`,
    'the benchmark, the driver or the device is at fault; none of its times are reported',
  );
}
