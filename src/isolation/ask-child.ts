// One question to a process of its own, and its answer: for what loads native code that can crash or hang, neither of which may
// happen to the parent. Knows no question.
import { GuestmarkError } from '../base/errors.ts';
import { problemOfOpenFiles } from '../base/loading-problem.ts';
import type { ExitRecord } from './child-exit.ts';
import { forkChild } from './child-process.ts';
import { describeExit, exitHint } from './describe-exit.ts';
import { errorFrom } from './error-record.ts';
import type { ChildMessage, ErrorRecord, WorkMessage } from './protocol.ts';
import { startWatchdog } from './watchdog.ts';

/** What is asked, and how it is told that there was no answer. */
export interface Question<T> {
  readonly work: WorkMessage;
  /** The answer in a message; undefined in others. */
  readonly answerIn: (message: ChildMessage) => T | undefined;
  /** Added to the process environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limitNs: number;
  /** What cannot be done then: `list devices`. */
  readonly action: string;
  /** What a process that does not answer means, and what would help. */
  readonly silence: { readonly state: string; readonly hint?: string };
  /** What would help against a process that dies. */
  readonly crashHint: string;
  /** A wish that the process ends its work early, which it may take so long for. */
  readonly early?: { readonly signal: AbortSignal; readonly graceNs: number };
}

/**
 * Asks a process.
 *
 * @throws GuestmarkError (crash) when it dies, (timeout) when it does not answer; what it says that went wrong.
 */
export async function askChild<T>(question: Question<T>): Promise<T> {
  const { work, answerIn, environment, limitNs, early } = question;
  let answer: T | undefined;
  let error: ErrorRecord | null = null;
  const child = forkChild({ environment }, (message) => {
    if (message.type === 'ready') child.send(work);
    else if (message.type === 'failed') error = message.error;
    else answer = answerIn(message) ?? answer;
  });
  using watchdog = startWatchdog(limitNs, child.kill);
  const stop = (): void => {
    watchdog.shorten(early?.graceNs ?? limitNs);
    child.send({ type: 'stop' });
  };
  early?.signal.addEventListener('abort', stop, { once: true });
  if (early?.signal.aborted === true) stop();
  const exit = await child.exited.finally(() => early?.signal.removeEventListener('abort', stop));
  if (answer !== undefined) return answer;
  throw failure(question, error, exit, watchdog.bitten());
}

function failure(
  { action, silence, crashHint }: Pick<Question<unknown>, 'action' | 'silence' | 'crashHint'>,
  error: ErrorRecord | null,
  exit: ExitRecord,
  hung: boolean,
): Error {
  if (error !== null) return errorFrom(error);
  const { state, ...hint } = silence;
  if (hung) return new GuestmarkError('timeout', `Cannot ${action}: ${state}`, hint);
  const [, code] = /^spawn .* (\w+)$/.exec(exit.lastWords) ?? [];
  const unstarted = problemOfOpenFiles({ code });
  if (unstarted !== undefined) return unstarted;
  return new GuestmarkError('crash', `Cannot ${action}: the process ${describeExit(exit)}`, {
    hint: exitHint(exit, crashHint, 'this machine, or its control group, must give it more memory'),
  });
}
