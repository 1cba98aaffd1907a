// The wall time of a run without steal and without what the guest's own scheduler withheld, as bounds by sample. First
// version: says that it is not known.
import { type Available, unavailable } from '../base/availability.ts';
import type { SampledRun } from '../report/case-samples.ts';
import type { BoundedTimes } from './evidence.ts';

/** Takes steal, run-queue wait and throttling off every sample, in ns per iteration. */
export function undisturbedWall(_run: SampledRun, _isSoftwareDevice: boolean): Available<BoundedTimes> {
  return unavailable('no sample has a ledger');
}
