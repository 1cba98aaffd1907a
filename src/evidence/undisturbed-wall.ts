// A placeholder on the work branch only: says of no run what its wall time was without steal and run-queue wait.
import { type Available, unavailable } from '../base/availability.ts';
import type { SampledRun } from '../report/case-samples.ts';
import type { BoundedTimes } from './evidence.ts';

/** Unknown. */
export function undisturbedWall(_run: SampledRun, _isSoftwareDevice: boolean): Available<BoundedTimes> {
  return unavailable('it is not computed yet');
}
