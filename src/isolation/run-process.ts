// One process and its cases, from fork to exit: passes on what it says, and ends it when opening its
// device or a case takes too long. Judges nothing; who is to blame for an exit is decided by the caller.
import type { CaseRun } from '../suite/case-run.ts';
import type { ExitRecord } from './child-exit.ts';
import { type Child, forkChild } from './child-process.ts';
import type {
  AtRendezvous,
  ChildMessage,
  ErrorRecord,
  RunRequest,
  SessionRecord,
  SpanSampled,
} from './protocol.ts';
import { sessionDifference } from './session-difference.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** What is told while a run goes on. */
export interface RunListener {
  onSession(session: SessionRecord): void;
  onCaseStart(id: string): void;
  /** Draws; measuring goes on when it returns. */
  onProgress(id: string, phase: string, samples: number): void;
  /** The process waits until `goOn` is called; without a listener it waits for nobody. */
  onRendezvous?(arrival: AtRendezvous, goOn: () => void): void;
  onSpanSampled?(span: SpanSampled): void;
  onCaseRun(id: string, caseRun: CaseRun): void;
  /** Something that the reader must know, although no case is to blame. */
  onTrouble(message: string): void;
  onValidation(message: { readonly severity: string; readonly id: string; readonly message: string }): void;
  onProcess(record: {
    readonly pid: number;
    readonly startedAt: string;
    readonly wallNs: number;
    readonly exit: ExitRecord;
    readonly end: ProcessEnd;
  }): void;
}

/**
 * How a process came to its end: it said that it was `done`; the parent `stopped` it, because of a limit, a
 * device that had become unusable, or the user; or it `died`.
 */
type ProcessEnd = 'done' | 'stopped' | 'died';

/** How a run goes on outside of the cases. */
export interface RunEnvironment {
  /** Added to the process environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted when the user asks to stop: the case at hand ends with what it has. */
  readonly signal: AbortSignal;
  /** How long a process may take to open its device; default 60 s. */
  readonly openLimitNs?: number;
  /** How long is waited before a device that was open in an earlier process is tried again; default 1 s, then 5 s. */
  readonly reopenPausesMs?: readonly number[];
  /** How long a process may take to end once it is told to; default 30 s. */
  readonly endLimitNs?: number;
  /** What cannot be done where a process finds another device or other clocks; default to go on with the run. */
  readonly refusal?: { readonly action: string; readonly hint: string };
  /** Called with a fresh process, so that tests can do harm to it. */
  readonly onChild?: (child: Child) => void;
}

/** Drivers of GPUs that were asleep take seconds to load; longer is a hang. */
const OPEN_LIMIT_NS = 60e9;
/** A process gets this much longer than its cases' limit, so that it can report a timeout itself. */
const GRACE_NS = 5e9;
/** After Ctrl-C the sample at hand may end; a device that hangs may not hold the user up. */
const STOP_GRACE_NS = 5e9;

/** A process that has no case left frees its device and ends; a driver that hangs in that holds nobody up. */
const END_GRACE_NS = 5e9;

/** How a process ended, and what it had done. */
export interface ProcessOutcome extends Progress {
  readonly exit: ExitRecord;
  /** Set when the parent ended it because of a limit. */
  readonly killed: 'timeout' | 'stop' | null;
  /** The limit of opening the device. */
  readonly openLimitNs: number;
}

/** What the messages have told. */
interface Progress {
  /** Cases with a result. */
  readonly done: string[];
  /** The case that is under way. */
  current: string | null;
  /** Its limit, the grace included. */
  limitNs: number;
  /** What it found when it had opened its device and clocks. */
  session: SessionRecord | null;
  /** Why it cannot go on. */
  error: ErrorRecord | null;
  end: ProcessEnd;
}

/**
 * Forks a process for the cases of `request` and waits for its end.
 *
 * @param first What the first process of the report found; another finding ends this one.
 */
export async function runProcess(
  request: RunRequest,
  listener: RunListener,
  around: RunEnvironment,
  first: SessionRecord | null,
): Promise<ProcessOutcome> {
  const startedAt = new Date().toISOString();
  const startNs = process.hrtime.bigint();
  const progress: Progress = {
    done: [],
    current: null,
    limitNs: request.options.timeoutNs + GRACE_NS,
    session: null,
    error: null,
    end: 'died',
  };
  const openLimitNs = around.openLimitNs ?? OPEN_LIMIT_NS;
  const { environment, endLimitNs } = around;
  const limits = { memoryBytes: request.processMemoryBytes, ...(endLimitNs !== undefined && { endLimitNs }) };
  const child = forkChild({ environment, ...limits }, (message) => {
    // What was still under way when the limit was over comes too late; a result never does.
    if (watchdog.bitten() && message.type !== 'case-run') return;
    if (message.type === 'case-start') {
      progress.limitNs = message.limitNs + GRACE_NS;
      watchdog.restart(progress.limitNs);
    }
    receive(message, { request, listener, progress, child, stop, first, startedAt, ...refusalOf(around) });
    if (progress.done.length === request.cases.length) watchdog.restart(END_GRACE_NS);
  });
  const stop = (): void => {
    progress.end = 'stopped';
    child.kill();
  };
  const watchdog = startWatchdog(openLimitNs, stop);
  const stopped = stopOnAbort(around.signal, child, watchdog);
  around.onChild?.(child);
  const exit = await child.exited.finally(() => {
    watchdog[Symbol.dispose]();
    stopped[Symbol.dispose]();
  });
  const wallNs = Number(process.hrtime.bigint() - startNs);
  listener.onProcess({ pid: child.pid, startedAt, wallNs, exit, end: progress.end });
  const bitten = around.signal.aborted ? 'stop' : 'timeout';
  return { ...progress, exit, killed: watchdog.bitten() ? bitten : null, openLimitNs };
}

interface Reception {
  readonly request: RunRequest;
  readonly listener: RunListener;
  readonly progress: Progress;
  readonly child: Child;
  readonly stop: () => void;
  readonly first: SessionRecord | null;
  readonly startedAt: string;
  readonly refusal: NonNullable<RunEnvironment['refusal']>;
}

function refusalOf({ refusal }: RunEnvironment): Pick<Reception, 'refusal'> {
  const hint = 'start a new run; the report keeps what was measured';
  return { refusal: refusal ?? { action: 'go on with the run', hint } };
}

function receive(message: ChildMessage, reception: Reception): void {
  const { request, listener, progress, child, stop, startedAt } = reception;
  const goOn = (): void => child.send({ type: 'go-on' });
  switch (message.type) {
    case 'ready':
      child.send({ type: 'run', request });
      break;
    case 'session':
      receiveSession(message.session, reception);
      break;
    case 'case-start':
      progress.current = message.id;
      listener.onCaseStart(message.id);
      break;
    case 'progress':
      listener.onProgress(message.id, message.phase, message.samples);
      goOn();
      break;
    case 'at-rendezvous':
      if (listener.onRendezvous === undefined) goOn();
      else listener.onRendezvous(message, goOn);
      break;
    case 'span-sampled':
      listener.onSpanSampled?.(message);
      break;
    case 'case-run':
      progress.done.push(message.id);
      progress.current = null;
      listener.onCaseRun(message.id, { ...message.caseRun, processStartedAt: startedAt });
      // A process whose device is unusable may hang in its own exit.
      (message.fatal ? stop : goOn)();
      break;
    case 'validation':
      listener.onValidation(message);
      break;
    case 'failed':
      progress.error = message.error;
      break;
    case 'done':
      progress.end = 'done';
      break;
    default:
  }
}

/** Accepts a session that is like the first one; no sample of another device may come into the report. */
function receiveSession(
  session: SessionRecord,
  { listener, progress, stop, first, refusal }: Reception,
): void {
  const difference = first === null ? null : sessionDifference(first, session);
  if (difference === null) {
    progress.session = session;
    listener.onSession(session);
    return;
  }
  const message = `Cannot ${refusal.action}: ${difference}`;
  progress.error = { code: 'environment', message, hint: refusal.hint };
  stop();
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
