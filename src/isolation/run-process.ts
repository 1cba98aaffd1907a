// One process and its cases, from fork to exit: passes on what it says, and ends it when it is silent for
// too long. Judges nothing; who is to blame for an exit is decided by the caller.
import type { CaseRun } from '../suite/case-run.ts';
import { type Child, type ExitRecord, forkChild } from './child-process.ts';
import type { ChildMessage, ErrorRecord, RunRequest, SessionRecord } from './protocol.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** What is told while a run goes on. */
export interface RunListener {
  onSession(session: SessionRecord): void;
  onCaseStart(id: string): void;
  /** Draws; measuring goes on when it returns. */
  onProgress(id: string, phase: string, samples: number): void;
  onCaseRun(id: string, caseRun: CaseRun): void;
  onValidation(message: { readonly severity: string; readonly id: string; readonly message: string }): void;
  onProcess(record: {
    readonly pid: number;
    readonly startedAt: string;
    readonly wallNs: number;
    readonly exit: ExitRecord;
  }): void;
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

/** How a process ended, and what it had done. */
export interface ProcessOutcome {
  /** Cases with a result. */
  readonly done: readonly string[];
  /** The case that was under way when the process ended. */
  readonly current: string | null;
  /** Why it could not open its device or clocks. */
  readonly error: ErrorRecord | null;
  readonly exit: ExitRecord;
  /** Set when the parent ended it. */
  readonly killed: 'timeout' | 'stop' | null;
  readonly limitNs: number;
}

/** What the messages have told so far. */
interface Progress {
  readonly done: string[];
  current: string | null;
  error: ErrorRecord | null;
}

/** Forks a process for the cases of `request` and waits for its end. */
export async function runProcess(
  request: RunRequest,
  listener: RunListener,
  around: RunEnvironment,
): Promise<ProcessOutcome> {
  const startedAt = new Date().toISOString();
  const startNs = process.hrtime.bigint();
  const progress: Progress = { done: [], current: null, error: null };
  const limitNs = request.options.timeoutNs + GRACE_NS;
  const child = forkChild(around.environment, (message) => {
    watchdog.feed();
    receive(message, { request, listener, progress, child });
  });
  const watchdog = startWatchdog(limitNs, child.kill);
  const stopped = stopOnAbort(around.signal, child, watchdog);
  around.onChild?.(child);
  const exit = await child.exited;
  watchdog[Symbol.dispose]();
  stopped[Symbol.dispose]();
  listener.onProcess({ pid: child.pid, startedAt, wallNs: Number(process.hrtime.bigint() - startNs), exit });
  const bitten = around.signal.aborted ? 'stop' : 'timeout';
  return { ...progress, exit, killed: watchdog.bitten() ? bitten : null, limitNs };
}

interface Reception {
  readonly request: RunRequest;
  readonly listener: RunListener;
  readonly progress: Progress;
  readonly child: Child;
}

function receive(message: ChildMessage, { request, listener, progress, child }: Reception): void {
  const goOn = (): void => child.send({ type: 'go-on' });
  switch (message.type) {
    case 'ready':
      child.send({ type: 'run', request });
      break;
    case 'session':
      listener.onSession(message.session);
      break;
    case 'case-start':
      progress.current = message.id;
      listener.onCaseStart(message.id);
      break;
    case 'progress':
      listener.onProgress(message.id, message.phase, message.samples);
      goOn();
      break;
    case 'case-run':
      progress.done.push(message.id);
      progress.current = null;
      listener.onCaseRun(message.id, message.caseRun);
      // A process whose device is unusable may hang in its own exit.
      (message.fatal ? child.kill : goOn)();
      break;
    case 'validation':
      listener.onValidation(message);
      break;
    case 'failed':
      progress.error = message.error;
      break;
    default:
  }
}

/** Asks the process to stop when the user does, and leaves it a short time to. */
function stopOnAbort(signal: AbortSignal, child: Child, watchdog: Watchdog): Disposable {
  const stop = (): void => {
    child.send({ type: 'stop' });
    watchdog.shorten(STOP_GRACE_NS);
  };
  signal.addEventListener('abort', stop, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', stop) };
}
