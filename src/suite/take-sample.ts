// The timed region: one submission between two snapshots of the thread's ledger, with stamps around
// the calls and a brief reading between them. Everything is preallocated; between the first snapshot and the
// last nothing logs, yields or allocates by intention (the binding nvk wraps the handles of every call).
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

/** Submits once and fills `into`; without the ledger the stamps and the device's ticks only. */
export function takeSample(
  session: Session,
  submission: Submission,
  waiting: Waiting,
  into: RawSample,
): void {
  const { snapshot, stamp, workers, offCpu } = session.clocks;
  const { ledger } = session.options;
  if (ledger) {
    if (into.workersFrom !== null) workers?.read(into.workersFrom);
    snapshot.take(into.from);
    // The switches up to here belong to no sample; the next call overwrites them.
    if (into.offCpu !== null) offCpu?.endSpan(into.offCpu);
  }
  into.submitStartNs = stamp.nowNs();
  submission.submit();
  into.submitEndNs = stamp.nowNs();
  if (ledger && into.between !== null) snapshot.takeBrief(into.between);
  submission.wait(waiting.mode, timeLeftNs(waiting.deadlineNs, into.submitEndNs));
  into.waitEndNs = stamp.nowNs();
  if (ledger) {
    snapshot.take(into.to);
    if (into.offCpu !== null) offCpu?.endSpan(into.offCpu);
    if (into.workersTo !== null) workers?.read(into.workersTo);
  }
  // The timed region ends here.
  const ticks = submission.ticks();
  into.ticks = ticks.available ? ticks.value : null;
  submission.reset();
}
