// The counters of this machine, taken in a process of their own: libraries of vendors are loaded for them, and one
// instruction that a hypervisor may answer with a fault.
import { GuestmarkError } from '../base/errors.ts';
import type { CountersTaken } from '../counters/take-counters.ts';
import { type ExitRecord, forkChild } from './child-process.ts';
import { describeExit } from './describe-exit.ts';
import { errorFrom } from './error-record.ts';
import type { ErrorRecord } from './protocol.ts';
import { startWatchdog } from './watchdog.ts';

/** Beyond the wait, also where it is ended early: some counters take a second to read, and a library may hang. */
const GRACE_NS = 30e9;

/**
 * Reads counters twice.
 *
 * @param spanNs Between the two readings.
 * @param signal Ends the wait when it is aborted; the second reading follows at once.
 * @param patterns Groups that none of them may name are not opened; default: all are.
 * @throws GuestmarkError (crash) when a library ends the process, (timeout) when one hangs.
 */
export async function takeCountersInChild(
  spanNs: number,
  signal: AbortSignal,
  patterns: readonly string[] = [],
): Promise<CountersTaken> {
  let taken: CountersTaken | null = null;
  let error: ErrorRecord | null = null;
  const child = forkChild({}, (message) => {
    if (message.type === 'ready') child.send({ type: 'take-counters', spanNs, patterns });
    else if (message.type === 'counters') taken = message.taken;
    else if (message.type === 'failed') error = message.error;
  });
  using watchdog = startWatchdog(spanNs + GRACE_NS, child.kill);
  const stop = (): void => {
    watchdog.shorten(GRACE_NS);
    child.send({ type: 'stop' });
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const exit = await child.exited.finally(() => signal.removeEventListener('abort', stop));
  if (taken !== null) return taken;
  throw failure(error, exit, watchdog.bitten());
}

function failure(error: ErrorRecord | null, exit: ExitRecord, hung: boolean): Error {
  if (error !== null) return errorFrom(error);
  if (hung)
    return new GuestmarkError('timeout', 'Cannot read the counters: a library or the kernel did not answer');
  return new GuestmarkError('crash', `Cannot read the counters: the process ${describeExit(exit)}`, {
    hint: 'a library of the GPU or of the hypervisor may be at fault',
  });
}
