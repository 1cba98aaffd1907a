// The blocked time of this thread over some work, from its recorded context switches: for tests that know the truth.
import { openOffCpuSource } from '../../src/timing/off-cpu-source.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import { type Segment, segment } from '../../src/timing/segment.ts';
import { verdictA } from './verdicts.ts';

/** How much of some work this thread was blocked, in ns. */
export function blockedDuring(work: () => void): { readonly part: Segment; readonly blockedNs: number } {
  using clock = openSnapshotClock().clock;
  const opened = openOffCpuSource(clock);
  if (!opened.available) throw new Error(opened.reason);
  using source = opened.value;
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  const span = source.newSpan();
  clock.take(from);
  source.endSpan(span);
  work();
  clock.take(to);
  source.endSpan(span);
  const part = segment(from, to, clock, verdictA, source.evidence(span));
  if (!part.blockedNs.available) throw new Error(part.blockedNs.reason);
  return { part, blockedNs: part.blockedNs.value };
}
