// How much memory a process may have: what the machine and its control groups can give, less what the parent needs to keep the
// results. Says a number; who sets the limit is process-limits.ts.
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { readCgroupLimits } from '../virt/cgroup-limits.ts';
import { readMemTotal } from '../virt/memory-total.ts';

const GIB = 2 ** 30;
/** The report of a long run and what makes it. */
const PARENT_BYTES = GIB / 2;
/**
 * Drivers of GPUs take some GiB of private memory that they never touch. Where there is less than this, the control group or
 * the machine itself is the limit, and the process the first to be ended.
 */
const LEAST_BYTES = 4 * GIB;

/** Bytes of private memory of a process that was given no limit; null where nobody knows what there is. */
export function memoryCeiling(files: SystemFiles = systemFiles()): number | null {
  const known = [readMemTotal(files), readCgroupLimits(files).memoryLimitBytes].filter(
    (one) => one.available,
  );
  if (known.length === 0) return null;
  return Math.max(LEAST_BYTES, Math.min(...known.map(({ value }) => value)) - PARENT_BYTES);
}
