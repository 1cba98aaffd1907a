// Reads the steal counters around a case. The only part of the case bound that touches the system; the
// arithmetic is in case-steal.ts.
import { type Available, available, mapAvailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type CaseSteal, caseSteal } from './case-steal.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';
import { spinNs } from './spin.ts';
import { allowedCpus } from './thread-cpus.ts';

/** Ends a count: steal of the CPUs on which the calling thread may run, since the count began. */
export type EndCount = () => Available<CaseSteal>;

/**
 * Begins to count steal; call what it returns behind the case, on the same thread. That first spins for one
 * tick, because the kernel books steal at timer ticks: read at once, the last theft could be missing.
 *
 * @param counted The CPUs that count. Default: those on which the calling thread may run.
 */
export function countCaseSteal(files: SystemFiles = systemFiles(), counted?: readonly number[]): EndCount {
  const before = readCpuSteal(files);
  return () => {
    if (!before.available) return before;
    const { tickNs } = tickLength();
    spinNs(tickNs);
    const cpus = counted === undefined ? allowedCpus(files) : available(counted);
    return mapAvailable(readCpuSteal(files), (after) =>
      caseSteal(before.value, after, tickNs, cpus.available ? cpus.value : undefined),
    );
  };
}
