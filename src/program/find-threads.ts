// The threads of a program and of all its descendants, found through /proc. What starts and ends between two looks is
// not seen, nor is a process whose parent has ended before it was seen.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { ThreadId } from './tree-switches.ts';

/**
 * Whether this kernel tells the children of a thread (CONFIG_PROC_CHILDREN). Without, only the threads of the program
 * itself are found.
 */
export function canSeeChildren(files: SystemFiles): Available<true> {
  const own = files.read(`/proc/self/task/${process.pid}/children`);
  return own.available
    ? available(true)
    : unavailable('the kernel does not tell the children of a process (CONFIG_PROC_CHILDREN)');
}

/** The threads of a process and of its descendants; none where the process is gone. */
export function findThreads(files: SystemFiles, processId: number): readonly ThreadId[] {
  const found: ThreadId[] = [];
  const processes = [processId];
  for (let one = processes.pop(); one !== undefined; one = processes.pop()) {
    const tasks = files.list(`/proc/${one}/task`);
    if (!tasks.available) continue;
    for (const task of tasks.value) {
      found.push({ processId: one, threadId: Number(task) });
      const children = files.read(`/proc/${one}/task/${task}/children`);
      if (!children.available) continue;
      processes.push(...children.value.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}
