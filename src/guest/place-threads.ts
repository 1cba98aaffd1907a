// Which vCPUs the threads of a case run on. Every thread gets back what it had, whichever way the case ends.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { setAffinity } from '../timing/affinity.ts';
import { openLibc } from '../timing/libc.ts';
import { allowedCpus, formatCpuList } from '../timing/thread-cpus.ts';
import { ownThreadId } from '../timing/thread-ids.ts';

/**
 * Confines threads of this process to some CPUs. A thread that is gone is passed over.
 *
 * @param threads `own` for the calling one, which must also be the one that disposes.
 * @returns What gives the threads their CPUs back, or why they stay where they were.
 */
export function placeThreads(
  threads: readonly number[] | 'own',
  cpus: readonly number[],
  files: SystemFiles,
): Available<Disposable> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const ids = threads === 'own' ? ownIds() : available(threads);
  if (!ids.available) return ids;
  const earlier: (readonly [id: number, cpus: readonly number[]])[] = [];
  const restore = (): void => {
    for (const [id, had] of earlier.splice(0)) setAffinity(libc.value, had, id);
  };
  for (const id of ids.value) {
    const had = allowedCpus(files, id);
    if (!had.available) continue;
    if (!setAffinity(libc.value, cpus, id)) {
      // It may have ended since.
      if (!allowedCpus(files, id).available) continue;
      restore();
      return unavailable(`sched_setaffinity refuses CPUs ${formatCpuList(cpus)} for thread ${id}`);
    }
    earlier.push([id, had.value]);
  }
  return available({ [Symbol.dispose]: restore });
}

function ownIds(): Available<readonly number[]> {
  const id = ownThreadId();
  return id.available ? available([id.value]) : id;
}
