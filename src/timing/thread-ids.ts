// The threads of this process: which ones came with a device is told by comparing before and after.
import { readlinkSync } from 'node:fs';
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';

/** The ids of all threads of this process, ascending. */
export function threadIds(files: SystemFiles): Available<readonly number[]> {
  return mapAvailable(files.list('/proc/self/task'), (names) =>
    names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b),
  );
}

/** The id of the calling thread. */
export function ownThreadId(): Available<number> {
  const path = '/proc/thread-self';
  try {
    const id = Number(readlinkSync(path).split('/').at(-1));
    return Number.isInteger(id) ? available(id) : unavailable(`${path}: it leads to no thread`);
  } catch (error) {
    return unavailable(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}

/**
 * Threads that there were not before. Threads without a name of their own bear the process's, so the ones that Node
 * starts meanwhile cannot be told from a driver's; they sleep, and add nothing. A thread of ours that computes must be
 * left out by its id.
 */
export function threadsSince(files: SystemFiles, before: readonly number[]): Available<readonly number[]> {
  const known = new Set(before);
  return mapAvailable(threadIds(files), (ids) => ids.filter((id) => !known.has(id)));
}
