// The threads of this process: which ones came with a device is told by comparing before and after.
import { type Available, mapAvailable } from '../base/availability.ts';
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

/**
 * Threads that there were not before, without those that Node makes for itself when it needs them (libuv's pool
 * and V8's workers).
 */
export function threadsSince(files: SystemFiles, before: readonly number[]): Available<readonly number[]> {
  const known = new Set(before);
  return mapAvailable(threadIds(files), (ids) => ids.filter((id) => !known.has(id) && !isOfNode(files, id)));
}

const NODE_THREADS = /^(node|MainThread|libuv-worker|V8Worker|WorkerThread|DelayedTaskSche|SignalInspector)$/;

function isOfNode(files: SystemFiles, id: number): boolean {
  const name = files.read(`/proc/self/task/${id}/comm`);
  return name.available && NODE_THREADS.test(name.value.trim());
}
