// The stalls of a case, from a watch that runs beside it on another CPU. Keeps those that may concern the measuring
// thread: waiting and interrupts of the watching CPU are that CPU's own. Pure.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { Stall, StallCause } from '../timing/stall.ts';

/** All stalls since the watch began, on the scale of the session's stamps, or why they are not known. */
export type ReadStalls = () => Available<readonly Stall[]>;

const OWN_CAUSES: readonly StallCause[] = ['run-queue', 'interrupt'];

/** The stalls that touch a span, with their onset since `epochNs` as samples have it. */
export function caseStalls(
  all: Available<readonly Stall[]>,
  span: { readonly startNs: number; readonly endNs: number },
  epochNs: number,
): Available<readonly Stall[]> {
  return mapAvailable(all, (stalls) =>
    stalls
      .filter(({ cause }) => !OWN_CAUSES.includes(cause))
      .filter(({ startNs, durationNs }) => startNs < span.endNs && startNs + durationNs > span.startNs)
      .map((stall) => ({ ...stall, startNs: stall.startNs - epochNs })),
  );
}
