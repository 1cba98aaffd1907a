// What one run of a program left behind, as it was read: the input of describe-run.ts, so that its arithmetic can be
// tested on made-up machines.
import type { Available } from '../base/availability.ts';
import type { CaseSteal } from '../timing/case-steal.ts';
import type { FollowedProgram, Instant } from './follow-program.ts';
import type { OwnParts } from './own-ledger.ts';
import type { ProgramEnd } from './wait-program.ts';

/** Everything that one run left behind, before it is put in order. */
export interface RawRun {
  readonly start: Instant;
  readonly end: Instant;
  readonly followed: FollowedProgram;
  readonly finalState: ProgramEnd;
  readonly stat: Available<CaseSteal>;
  readonly own: OwnParts;
  /** Readings of the throttling source. */
  readonly throttledNs: { readonly before: Available<number>; readonly after: Available<number> };
  /** CPU time of this process over the span. */
  readonly ownCpuNs: number;
  /** The most memory that this process had up to now. */
  readonly ownRssBytes: number;
}
