// The timed region: one submission between two snapshots of the thread's ledger, with stamps around
// the calls. Everything is preallocated; between the first snapshot and the last nothing logs or yields,
// and nothing allocates but the binding nvk, which wraps the handles of every call.
import type { Submission, WaitMode } from '../vulkan/compute-device.ts';
import { timeLeftNs } from './deadline.ts';
import type { RawSample } from './sample-store.ts';
import type { Session } from './session.ts';

/** How the submission is waited for. */
export interface Waiting {
  readonly mode: WaitMode;
  /** On the stamp clock: no wait goes on after it. */
  readonly deadlineNs: number;
}

/** Submits once and fills `into`. */
export function takeSample(
  session: Session,
  submission: Submission,
  waiting: Waiting,
  into: RawSample,
): void {
  const { snapshot, stamp } = session.clocks;
  snapshot.take(into.from);
  into.submitStartNs = stamp.nowNs();
  submission.submit();
  into.submitEndNs = stamp.nowNs();
  submission.wait(waiting.mode, timeLeftNs(waiting.deadlineNs, into.submitEndNs));
  into.waitEndNs = stamp.nowNs();
  snapshot.take(into.to);
  // The timed region ends here.
  const ticks = submission.ticks();
  into.ticks = ticks.available ? ticks.value : null;
  submission.reset();
}
