// One run: its cases in a process of their own, and in further ones after a crash, until each case has
// an outcome. Whatever a driver does to the process, the parent gets a result for every case.
import type { Failure } from '../suite/case-run.ts';
import { failureOf } from '../suite/failure.ts';
import { describeExit, exitHint } from './describe-exit.ts';
import { errorFrom } from './error-record.ts';
import type { CaseRequest, ErrorRecord, RunRequest, SessionRecord } from './protocol.ts';
import { reopening } from './reopening.ts';
import { type ProcessOutcome, type RunEnvironment, type RunListener, runProcess } from './run-process.ts';
import { failedRun } from './unmeasured-run.ts';

/** What is known of the device and the clocks of a report before a run. */
export interface KnownSession {
  readonly first: SessionRecord | null;
  readonly isOpened: boolean;
}

/**
 * Runs all cases of `request`.
 *
 * @param known What the first process of the report found, if there was one, and whether a process of this command did.
 * @returns What the first process found; null where the user stopped it before.
 * @throws GuestmarkError when no process of this command could open its device and clocks, or found others than those of the report.
 */
export async function runCases(
  request: RunRequest,
  listener: RunListener,
  around: RunEnvironment,
  known: KnownSession = { first: null, isOpened: false },
): Promise<SessionRecord | null> {
  let { first, isOpened } = known;
  let left: readonly CaseRequest[] = request.cases;
  const attempts = reopening(around.signal, around.reopenPausesMs);
  while (left.length > 0 && !around.signal.aborted) {
    const wanted = { ...request, cases: left, verdict: first?.verdict ?? null };
    const outcome = await runProcess(wanted, listener, around, first);
    first ??= outcome.session;
    isOpened ||= outcome.session !== null;
    left = left.filter(({ id }) => !outcome.done.includes(id));
    if (around.signal.aborted) break;
    const error = sessionError(outcome);
    if (error !== null && !isOpened) throw errorFrom(error);
    if (error === null) attempts.succeeded();
    else if (mayPass(outcome) && (await attempts.again())) {
      listener.onTrouble(`the device did not open and was tried again: ${error.message}`);
      continue;
    }
    // In the pause too: what nobody tried is missing, not failed, so that a run that goes on later has it.
    if (around.signal.aborted) break;
    const failed = failedCases(left, outcome, error);
    if (left.length === 0) tellTrouble(outcome, listener);
    for (const [id, failure] of failed) listener.onCaseRun(id, failedRun(request.options.run, failure));
    left = left.filter(({ id }) => !failed.has(id));
  }
  return first;
}

/** Why the process was of no use to any case: null where it opened the device that it should. */
function sessionError({ error, session, exit, killed, openLimitNs }: ProcessOutcome): ErrorRecord | null {
  if (session !== null) return null;
  if (error !== null) return error;
  const hint = 'a Vulkan driver may be at fault: `guestmark devices` lists the others, for --device';
  if (killed === 'timeout') {
    const message = `Cannot open the device: its driver did not answer within ${openLimitNs / 1e9} s`;
    return { code: 'timeout', message, hint };
  }
  const message = `Cannot open the device: its process ${describeExit(exit)}`;
  return { code: 'crash', message, hint: exitHint(exit, hint, MEMORY_TO_OPEN) };
}

/** Such failures are no results: a run that goes on with the report measures the cases. */
const LATER = 'once the device is back, `guestmark run --out FILE --resume` measures what is missing';

/** What the parent ended hung, or had opened another device: neither becomes right by itself. */
function mayPass({ end }: ProcessOutcome): boolean {
  return end !== 'stopped';
}

/** The cases to blame for the end of the process, and those that cannot be measured because of it. */
function failedCases(
  left: readonly CaseRequest[],
  outcome: ProcessOutcome,
  unopened: ErrorRecord | null,
): ReadonlyMap<string, Failure> {
  const { current, done } = outcome;
  const all = (failure: Failure): Map<string, Failure> => new Map(left.map(({ id }) => [id, failure]));
  if (unopened !== null)
    return all({ ...failureOf(errorFrom(unopened)), kind: 'device', hint: unopened.hint ?? LATER });
  const failure = outcome.error === null ? endOf(outcome) : failureOf(errorFrom(outcome.error));
  if (current !== null) return new Map([[current, failure]]);
  // What made progress is started again with the rest; what made none would be started for ever.
  return done.length === 0 ? all(failure) : new Map();
}

/** A process that did all its work and did not end well: its results stand, but the device may not. */
function tellTrouble({ error, end, exit, killed }: ProcessOutcome, listener: RunListener): void {
  if (error !== null) listener.onTrouble(`a process failed after its last case: ${error.message}`);
  else if (killed === 'timeout') listener.onTrouble('a process did not end after its last case');
  else if (end === 'died') listener.onTrouble(`after its last case a process ${describeExit(exit)}`);
}

/** Before there is a case, which a smaller axis would make smaller. */
const MEMORY_TO_OPEN =
  'a higher --process-memory, or more memory of the control group or the machine, may help';

const MORE_MEMORY =
  'a lower size axis of the benchmark takes less memory; --process-memory, the control group or the machine may give more';

function endOf({ exit, killed, limitNs }: ProcessOutcome): Failure {
  if (killed === 'timeout') {
    const end = exit.stuck ? describeExit(exit) : 'was ended';
    return {
      kind: 'timeout',
      message: `Cannot finish the case: its process did not end it within ${limitNs / 1e9} s and ${end}`,
      hint: 'a longer --timeout gives it more time',
    };
  }
  return {
    kind: 'crash',
    message: `Cannot finish the case: its process ${describeExit(exit)}`,
    hint: exitHint(
      exit,
      'the driver may have crashed: another --binding or a newer driver may help',
      MORE_MEMORY,
    ),
  };
}
