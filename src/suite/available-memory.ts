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

/** Of its limit: with less a process does not get far. */
const LITTLE = 1 / 4;

/**
 * Whether the limit of this process is nearly reached: what a failed case did not give back is missing to the next, which a
 * fresh process has.
 */
export function isMemoryUsedUp(files: SystemFiles = systemFiles()): boolean {
  const data = dataLimit(files);
  return data !== undefined && data.limitBytes - data.usedBytes < LITTLE * data.limitBytes;
}

function leftOfDataLimit(files: SystemFiles): number {
  const data = dataLimit(files);
  return data === undefined ? Number.POSITIVE_INFINITY : Math.max(0, data.limitBytes - data.usedBytes);
}

/** RLIMIT_DATA and what counts towards it; undefined where there is no limit, which is written as `unlimited`. */
function dataLimit(
  files: SystemFiles,
): { readonly limitBytes: number; readonly usedBytes: number } | undefined {
  const limits = valueOrUndefined(files.read('/proc/self/limits')) ?? '';
  const status = valueOrUndefined(files.read('/proc/self/status')) ?? '';
  const limit = /^Max data size +(\d{1,19}) /m.exec(limits)?.[1];
  const usedKib = /^VmData:\s+(\d{1,15}) kB$/m.exec(status)?.[1];
  if (limit === undefined || usedKib === undefined) return undefined;
  return { limitBytes: Number(limit), usedBytes: 1024 * Number(usedKib) };
}
