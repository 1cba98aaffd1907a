// The CPUs on which a thread may run: the bound from per-CPU counters is a sum over them, so
// a pinned thread has a narrow bound and a free one an honestly wide one.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';

/**
 * The ids of the CPUs that a thread's affinity allows, online or not, ascending.
 *
 * @param thread The id of a thread of this process; default the calling one.
 */
export function allowedCpus(files: SystemFiles, thread?: number): Available<readonly number[]> {
  const path = thread === undefined ? '/proc/thread-self/status' : `/proc/self/task/${thread}/status`;
  const status = files.read(path);
  if (!status.available) return status;
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status.value)?.[1];
  if (list === undefined) return unavailable(`${path}: no Cpus_allowed_list`);
  return parseCpuList(list);
}

/** Kernels are built for at most 8192 CPUs; a list from a stranger may name a range that fills the memory. */
const MOST_CPUS = 65_536;

/** Parses the kernel's list of ranges: `0-2,5` → 0, 1, 2, 5. */
export function parseCpuList(list: string): Available<readonly number[]> {
  const cpus: number[] = [];
  for (const range of list.split(',')) {
    const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(range);
    if (match === null) return unavailable(`CPU list "${list.slice(0, 40)}": not of the form 0-2,5`);
    const first = Number(match[1]);
    const last = Number(match[2] ?? first);
    if (cpus.length + last - first >= MOST_CPUS) return unavailable('CPU list: it names too many CPUs');
    for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu);
  }
  return available(cpus);
}

/** Writes CPU ids, ascending, as the kernel does: 0, 1, 2, 5 → `0-2,5`. */
export function formatCpuList(cpus: readonly number[]): string {
  const ranges: string[] = [];
  for (let i = 0; i < cpus.length; ) {
    const first = cpus[i] as number;
    let last = first;
    while (cpus[i + 1] === last + 1) {
      last++;
      i++;
    }
    ranges.push(first === last ? String(first) : `${first}-${last}`);
    i++;
  }
  return ranges.join(',');
}
