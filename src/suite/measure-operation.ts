// The course of a host benchmark: make the operation, run it once and verify, warm up, sample, verify again, and ask for
// its other figures. The counterpart of prepare-case and calibrate-case for what is no work of a device.
import { unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { Scope } from '../base/scope.ts';
import { awaitBenchmark, callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import type { CaseRecord } from './case-record.ts';
import { checkNeeds } from './check-needs.ts';
import { wrongOutput } from './check-output.ts';
import { hostContext } from './host-context.ts';
import { caseLimitNs } from './lasting.ts';
import type { MakeOperation, Operation, OperationFigure } from './operation.ts';
import { figuresProblem, operationProblem } from './operation-problem.ts';
import { operationSubmission } from './operation-submission.ts';
import { measureOwnCost } from './own-cost.ts';
import { recordSamples } from './record-samples.ts';
import { recordSwitches } from './record-switches.ts';
import { type Sampled, warmUp } from './sample-case.ts';
import { notBetween } from './sample-check.ts';
import type { Session } from './session.ts';
import type { Waiting } from './take-sample.ts';
import { describeMismatch, isVerification } from './verification.ts';

/** A sample of so much is long against the stamps around it. */
const TARGET_SAMPLE_NS = 20e3;
const MOST_REPETITIONS = 4096;
/** Half a millisecond, and more than V8 takes to compile a loop. */
const LOOP_WARM_UP = 32;

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
  const operation = checked(one, await awaitBenchmark(one.id, 'operation()', () => make(one.axes, host)));
  const timestamps = operation.ticks !== undefined;
  if (options.verify === 'every')
    record.notes.push(notBetween('an operation is not asked between its samples'));
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
  callBenchmark(one.id, 'the operation', () => refusePromise(one, runOnce(single)));
  record.verifiedBefore = verify(one, operation, count, 'before timing');
  session.rendezvous?.verified();
  const first = await warmUp(session, one, single);
  const iterations = repetitions(operation, first.medianNs);
  const sampled = iterations === 1 ? single : sampledAs(iterations);
  record.iterations = iterations;
  record.warmUpSubmissions = first.count;
  record.ownCost = measureOwnCost(session, { iterations, calls: operation.calls });
  if (sampled !== single) record.warmUpSubmissions += warmLoop(sampled);
  await session.rendezvous?.meet(one.id);
  const endWatch = clocks.watchDevice();
  const samples = await recordSamples(session, one, sampled, record);
  record.deviceState = endWatch();
  await session.breathe({ id: one.id, phase: 'verifying', samples });
  record.verifiedAfter = verify(one, operation, count, 'after timing');
  record.figures = figuresOf(one, operation);
}

/** Gives what `run` and `wait` return, which is nothing where they do as they must. */
function runOnce({ submission }: Sampled): readonly unknown[] {
  const returned: readonly unknown[] = [submission.submit(), submission.wait('block', 0)];
  submission.reset();
  return returned;
}

/** What goes on after the call is not timed, and its failure would be nobody's. */
function refusePromise({ id }: Case, returned: readonly unknown[]): void {
  if (!returned.some((one) => one instanceof Promise)) return;
  throw new GuestmarkError('usage', `Cannot run ${id}: run() or wait() of its operation gives a promise`, {
    hint: 'what is timed must have happened when it returns',
  });
}

/** The loop around an operation is compiled while it runs: its first passes are slower by far. Tells how many they were. */
function warmLoop(sampled: Sampled): number {
  const { mostSamples = LOOP_WARM_UP } = sampled;
  const most = Math.min(LOOP_WARM_UP, mostSamples);
  for (let count = 0; count < most; count++) runOnce(sampled);
  return most;
}

function checked(one: Case, operation: Operation): Operation {
  refuse(one, 'operation()', operationProblem(operation));
  return operation;
}

function figuresOf(one: Case, operation: Operation): readonly OperationFigure[] {
  const figures = callBenchmark(one.id, 'figures()', () => operation.figures?.() ?? []);
  refuse(one, 'figures()', figuresProblem(figures));
  return figures;
}

function refuse({ id }: Case, what: string, problem: string | null): void {
  if (problem === null) return;
  throw new GuestmarkError('usage', `Cannot run ${id}: ${what} of the benchmark is wrong: ${problem}`, {
    hint: 'the type Operation of guestmark says what it must be',
  });
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
