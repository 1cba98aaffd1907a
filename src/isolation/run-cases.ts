// One run: its cases in a process of their own, and in further ones after a crash, until each case has
// an outcome. Whatever a driver does to the process, the parent gets a result for every case.
import type { CaseRun, Failure } from '../suite/case-run.ts';
import type { CaseRequest, ErrorRecord, RunRequest } from './protocol.ts';
import { type ProcessOutcome, type RunEnvironment, type RunListener, runProcess } from './run-process.ts';

/** Why no device or clock could be opened. */
export class SessionError extends Error {
  readonly record: ErrorRecord;
  constructor(record: ErrorRecord) {
    super(record.message);
    this.record = record;
  }
}

/**
 * Runs all cases of `request`.
 *
 * @throws SessionError when the process could not even open its device.
 */
export async function runCases(
  request: RunRequest,
  listener: RunListener,
  around: RunEnvironment,
): Promise<void> {
  let left: readonly CaseRequest[] = request.cases;
  while (left.length > 0 && !around.signal.aborted) {
    const outcome = await runProcess({ ...request, cases: left }, listener, around);
    if (outcome.error !== null) return withoutSession(request, left, outcome.error, listener);
    const done = new Set(outcome.done);
    const lost = lostCase(left, outcome);
    if (lost !== null && !around.signal.aborted) {
      listener.onCaseRun(lost, failedRun(request.options.run, crashOf(outcome)));
      done.add(lost);
    }
    left = left.filter(({ id }) => !done.has(id));
  }
}

/** Nothing was ever measured: the request is wrong. Else something was, and only the rest has failed. */
function withoutSession(
  request: RunRequest,
  left: readonly CaseRequest[],
  error: ErrorRecord,
  listener: RunListener,
): void {
  if (request.options.run === 1 && left.length === request.cases.length) throw new SessionError(error);
  for (const { id } of left) {
    listener.onCaseRun(
      id,
      failedRun(request.options.run, { kind: 'error', message: error.message, hint: error.hint }),
    );
  }
}

/** The case to blame for the end of the process; null where it ended in order. */
function lostCase(cases: readonly CaseRequest[], { done, current }: ProcessOutcome): string | null {
  const unfinished = cases.filter(({ id }) => !done.includes(id));
  if (current !== null) return current;
  // A process that made no progress at all would be started again for ever.
  return done.length === 0 ? (unfinished[0]?.id ?? null) : null;
}

function crashOf({ exit, killed, limitNs }: ProcessOutcome): Failure {
  const words =
    exit.lastWords === ''
      ? 'it left no last words'
      : `last words: ${exit.lastWords.split('\n').slice(-3).join(' | ')}`;
  if (killed === 'timeout') {
    return {
      kind: 'timeout',
      message: `Cannot finish the case: its process did not answer within ${limitNs / 1e9} s and was ended`,
      hint: 'a longer --timeout gives it more time',
    };
  }
  const how = exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;
  return {
    kind: 'crash',
    message: `Cannot finish the case: its process ${how} (${words})`,
    hint: 'the driver may have crashed: another --binding or a newer driver may help',
  };
}

/** The result of a case whose process died under it. */
function failedRun(run: number, failure: Failure): CaseRun {
  return {
    run,
    status: 'failed',
    failure,
    skipReason: null,
    iterations: 0,
    waitMode: null,
    warmUpSubmissions: 0,
    verifiedBefore: 0,
    verifiedAfter: 0,
    stopReason: null,
    samples: null,
    steal: { available: false, reason: 'the process died' },
    caseWallNs: 0,
    notes: [],
  };
}
