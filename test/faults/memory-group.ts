// A control group with a limit of memory, made for one test: where this process may make one, and why not elsewhere.
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { findCgroups } from '../../src/timing/cpu-cgroups.ts';

/** A group; disposing removes it, which fails while somebody is in it. */
export interface MemoryGroup extends Disposable {
  /** Who writes a process number into this file moves it into the group. */
  readonly membersFile: string;
  /** How many of its processes the kernel has ended. */
  kills(): number;
}

const FILES = {
  v1: { limit: 'memory.limit_in_bytes', members: 'cgroup.procs', kills: 'memory.oom_control' },
  v2: { limit: 'memory.max', members: 'cgroup.procs', kills: 'memory.events' },
} as const;

/** Makes a group beside all others of this machine. */
export function memoryGroup(limitBytes: number): Available<MemoryGroup> {
  const groups = findCgroups(systemFiles(), 'memory');
  if (!groups.available) return groups;
  const { version, folders } = groups.value;
  const path = join(folders.at(-1) as string, `guestmark-test-${process.pid}`);
  const { limit, members, kills } = FILES[version];
  try {
    mkdirSync(path);
    writeFileSync(join(path, limit), String(limitBytes));
  } catch (error) {
    rmdirIfThere(path);
    return unavailable(`no group can be made here: ${(error as Error).message}`);
  }
  return available({
    membersFile: join(path, members),
    kills: () => Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(path, kills), 'utf8'))?.[1]),
    [Symbol.dispose]: () => rmdirSync(path),
  });
}

function rmdirIfThere(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It was not made.
  }
}
