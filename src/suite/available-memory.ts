// How much memory this process may still take, so that a case which needs more is refused with a reason and not by the
// kernel's out-of-memory killer.
import { freemem } from 'node:os';
import { valueOrUndefined } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';

/**
 * Bytes that are available on this machine and, under a limit of a cgroup or of the process itself, in this process. What other
 * processes of the same cgroup take is not known: the figure is never too small.
 */
export function availableMemoryBytes(): number {
  const most = Math.min(freemem(), leftOfDataLimit(systemFiles()));
  const limitBytes = process.constrainedMemory();
  // 0 says that nobody knows; without a limit it is about 2 ** 64.
  if (!(limitBytes > 0)) return most;
  return Math.min(most, Math.max(0, limitBytes - process.memoryUsage.rss()));
}

/** What RLIMIT_DATA leaves: its limit is written as `unlimited` where there is none. */
function leftOfDataLimit(files: SystemFiles): number {
  const limits = valueOrUndefined(files.read('/proc/self/limits')) ?? '';
  const status = valueOrUndefined(files.read('/proc/self/status')) ?? '';
  const limit = /^Max data size +(\d{1,19}) /m.exec(limits)?.[1];
  const usedKib = /^VmData:\s+(\d{1,15}) kB$/m.exec(status)?.[1];
  if (limit === undefined || usedKib === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, Number(limit) - 1024 * Number(usedKib));
}
