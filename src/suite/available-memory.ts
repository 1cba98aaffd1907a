// How much memory this process may still take, so that a case which needs more is refused with a reason and not by the
// kernel's out-of-memory killer.
import { freemem } from 'node:os';

/**
 * Bytes that are available on this machine and, under a limit of a cgroup, in this process. What other processes of the
 * same cgroup take is not known: the figure is never too small.
 */
export function availableMemoryBytes(): number {
  const limitBytes = process.constrainedMemory();
  // 0 says that nobody knows; without a limit it is about 2 ** 64.
  if (!(limitBytes > 0)) return freemem();
  return Math.min(freemem(), Math.max(0, limitBytes - process.memoryUsage.rss()));
}
