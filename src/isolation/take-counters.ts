// The counters of this machine, taken in a process of their own: libraries of vendors are loaded for them, and one
// instruction that a hypervisor may answer with a fault.
import { GuestmarkError } from '../base/errors.ts';
import type { CountersTaken } from '../counters/take-counters.ts';
import { type ExitRecord, forkChild } from './child-process.ts';
import { describeExit } from './describe-exit.ts';
import { errorFrom } from './error-record.ts';
import type { ErrorRecord } from './protocol.ts';

/** Beyond the wait: some counters take a second to read, and a library may hang. */
const GRACE_MS = 30_000;

/**
 * Reads all counters twice.
 *
 * @param spanNs Between the two readings.
 * @param signal Ends the wait when it is aborted; the second reading follows at once.
 * @throws GuestmarkError (crash) when a library ends the process, (timeout) when one hangs.
 */
export async function takeCountersInChild(spanNs: number, signal: AbortSignal): Promise<CountersTaken> {
  let taken: CountersTaken | null = null;
  let error: ErrorRecord | null = null;
  let hung = false;
  const child = forkChild({}, (message) => {
    if (message.type === 'ready') child.send({ type: 'take-counters', spanNs });
    else if (message.type === 'counters') taken = message.taken;
    else if (message.type === 'failed') error = message.error;
  });
  const stop = (): void => child.send({ type: 'stop' });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const watchdog = setTimeout(
    () => {
      hung = true;
      child.kill();
    },
    spanNs / 1e6 + GRACE_MS,
  );
  const exit = await child.exited.finally(() => {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
  });
  if (taken !== null) return taken;
  throw failure(error, exit, hung);
}

function failure(error: ErrorRecord | null, exit: ExitRecord, hung: boolean): Error {
  if (error !== null) return errorFrom(error);
  if (hung)
    return new GuestmarkError('timeout', 'Cannot read the counters: a library or the kernel did not answer');
  return new GuestmarkError('crash', `Cannot read the counters: the process ${describeExit(exit)}`, {
    hint: 'a library of the GPU or of the hypervisor may be at fault',
  });
}
