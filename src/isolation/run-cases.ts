// One run: its cases in a process of their own, and in further ones after a crash, until each case has
// an outcome. Whatever a driver does to the process, the parent gets a result for every case.
import type { CaseRun, Failure } from '../suite/case-run.ts';
import { type Child, type ExitRecord, forkChild } from './child-process.ts';
import type { CaseRequest, ChildMessage, ErrorRecord, RunRequest, SessionRecord } from './protocol.ts';

/** What is told while a run goes on. */
export interface RunListener {
  onSession(session: SessionRecord): void;
  onCaseStart(id: string): void;
  /** Draws; measuring goes on when it returns. */
  onProgress(id: string, phase: string, samples: number): void;
  onCaseRun(id: string, caseRun: CaseRun): void;
  onValidation(message: { readonly severity: string; readonly id: string; readonly message: string }): void;
  onProcess(record: { readonly pid: number; readonly startedAt: string; readonly wallNs: number; readonly exit: ExitRecord }): void;
}

/** How a run goes on outside of the cases. */
export interface RunEnvironment {
  /** Added to the process environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted when the user asks to stop: the case at hand ends with what it has. */
  readonly signal: AbortSignal;
  /** Called with a fresh process, so that tests can do harm to it. */
  readonly onChild?: (child: Child) => void;
}

/** A process gets this much longer than its cases' limit, so that it can report a timeout itself. */
const GRACE_NS = 5e9;
/** After Ctrl-C the sample at hand may end; a device that hangs may not hold the user up. */
const STOP_GRACE_NS = 5e9;

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
export async function runCases(request: RunRequest, listener: RunListener, around: RunEnvironment): Promise<void> {
  let left: readonly CaseRequest[] = request.cases;
  while (left.length > 0 && !around.signal.aborted) {
    const outcome = await runProcess({ ...request, cases: left }, listener, around);
    if (outcome.error !== null) throw new SessionError(outcome.error);
    const done = new Set(outcome.done);
    const lost = lostCase(left, outcome);
    if (lost !== null && !around.signal.aborted) {
      listener.onCaseRun(lost, failedRun(request.options.run, crashOf(outcome)));
      done.add(lost);
    }
    left = left.filter(({ id }) => !done.has(id));
  }
}

interface ProcessOutcome {
  /** Cases with a result. */
  readonly done: readonly string[];
  /** The case that was under way when the process ended. */
  readonly current: string | null;
  readonly error: ErrorRecord | null;
  readonly exit: ExitRecord;
  /** Set when the parent ended it. */
  readonly killed: 'timeout' | 'stop' | null;
  readonly limitNs: number;
}

/** The case to blame for the end of the process; null where it ended in order. */
function lostCase(cases: readonly CaseRequest[], { done, current }: ProcessOutcome): string | null {
  const unfinished = cases.filter(({ id }) => !done.includes(id));
  if (current !== null) return current;
  // A process that made no progress at all would be started again for ever.
  return done.length === 0 ? (unfinished[0]?.id ?? null) : null;
}

async function runProcess(request: RunRequest, listener: RunListener, around: RunEnvironment): Promise<ProcessOutcome> {
  const started = { at: new Date().toISOString(), ns: process.hrtime.bigint() };
  const done: string[] = [];
  let current: string | null = null;
  let error: ErrorRecord | null = null;
  let killed: ProcessOutcome['killed'] = null;
  const limitNs = request.options.timeoutNs + GRACE_NS;
  const end = (why: 'timeout' | 'stop') => (): void => {
    killed = why;
    child.kill();
  };
  let watchdog = setTimeout(end('timeout'), limitNs / 1e6);
  const feed = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(end('timeout'), limitNs / 1e6);
  };
  const receive = (message: ChildMessage): void => {
    switch (message.type) {
      case 'ready':
        return child.send({ type: 'run', request });
      case 'session':
        feed();
        return listener.onSession(message.session);
      case 'case-start':
        feed();
        current = message.id;
        return listener.onCaseStart(message.id);
      case 'progress':
        listener.onProgress(message.id, message.phase, message.samples);
        return child.send({ type: 'go-on' });
      case 'case-run':
        feed();
        done.push(message.id);
        current = null;
        listener.onCaseRun(message.id, message.caseRun);
        return message.fatal ? child.kill() : child.send({ type: 'go-on' });
      case 'validation':
        return listener.onValidation({ severity: message.severity, id: message.id, message: message.message });
      case 'failed':
        error = message.error;
        return;
      default:
        return;
    }
  };
  const child = forkChild(around.environment, receive);
  const stop = (): void => {
    child.send({ type: 'stop' });
    clearTimeout(watchdog);
    watchdog = setTimeout(end('stop'), STOP_GRACE_NS / 1e6);
  };
  around.signal.addEventListener('abort', stop, { once: true });
  around.onChild?.(child);
  const exit = await child.exited;
  clearTimeout(watchdog);
  around.signal.removeEventListener('abort', stop);
  listener.onProcess({ pid: child.pid, startedAt: started.at, wallNs: Number(process.hrtime.bigint() - started.ns), exit });
  return { done, current, error, exit, killed, limitNs };
}

function crashOf({ exit, killed, limitNs }: ProcessOutcome): Failure {
  const words = exit.lastWords === '' ? 'it left no last words' : `last words: ${exit.lastWords.split('\n').slice(-3).join(' | ')}`;
  if (killed === 'timeout') {
    return {
      kind: 'timeout',
      message: `Cannot finish the case: its process did not answer within ${limitNs / 1e9} s and was ended`,
      hint: 'a longer --timeout gives it more time',
    };
  }
  const how = exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;
  return { kind: 'crash', message: `Cannot finish the case: its process ${how} (${words})`, hint: 'the driver may have crashed: another --binding or a newer driver may help' };
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
