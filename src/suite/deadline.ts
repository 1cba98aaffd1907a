// The limit of a case: an instant on the stamp clock, the same for all its submissions, so that a device
// that hangs late in a case is noticed by the process itself, which then still has its samples.
import { GuestmarkError } from '../base/errors.ts';
import type { SessionClocks } from './session.ts';

/** A wait needs a little time to find out that it is over. */
const LEAST_WAIT_NS = 1e6;

/** What is left until `deadlineNs`, at least a millisecond: for a wait that begins at `nowNs`. */
export function timeLeftNs(deadlineNs: number, nowNs: number): number {
  const leftNs = deadlineNs - nowNs;
  return leftNs > LEAST_WAIT_NS ? leftNs : LEAST_WAIT_NS;
}

/**
 * Looked at between submissions, where a case that is merely slow can end without giving up its device.
 *
 * @throws GuestmarkError (timeout) when the deadline is over.
 */
export function checkDeadline({ stamp }: Pick<SessionClocks, 'stamp'>, deadlineNs: number): void {
  if (stamp.nowNs() <= deadlineNs) return;
  throw new GuestmarkError('timeout', 'Cannot submit again: the device answers, but too slowly', {
    hint: 'a longer --timeout gives it more time, smaller axis values take less',
  });
}
