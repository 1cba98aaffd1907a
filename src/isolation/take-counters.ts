// The counters of this machine, taken in a process of their own: libraries of vendors are loaded for them, and one
// instruction that a hypervisor may answer with a fault.
import type { CountersTaken } from '../counters/take-counters.ts';
import { askChild } from './ask-child.ts';

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
export function takeCountersInChild(
  spanNs: number,
  signal: AbortSignal,
  patterns: readonly string[] = [],
): Promise<CountersTaken> {
  return askChild({
    work: { type: 'take-counters', spanNs, patterns },
    answerIn: (message) => (message.type === 'counters' ? message.taken : undefined),
    environment: {},
    limitNs: spanNs + GRACE_NS,
    action: 'read the counters',
    silence: { state: 'a library or the kernel did not answer' },
    crashHint: 'a library of the GPU or of the hypervisor may be at fault',
    early: { signal, graceNs: GRACE_NS },
  });
}
