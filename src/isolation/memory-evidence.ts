// Whether a process ended because memory ran out: said only where the kernel counted it or the process itself wrote so. A process
// that is gone can no longer be asked how large it was.
import { valueOrUndefined } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { findCgroups } from '../timing/cpu-cgroups.ts';

/** How many processes the kernel has ended for want of memory. */
export interface OomKills {
  /** Of this process's control group; null where that counts none. */
  readonly ofGroup: OomKill | null;
  /** Of the whole machine. */
  readonly ofMachine: OomKill | null;
}

interface OomKill {
  readonly path: string;
  readonly count: number;
}

/** Both count those of the group that were ended, whoever's limit was reached. */
const GROUP_FILE = { v1: 'memory.oom_control', v2: 'memory.events' } as const;
const MACHINE_FILE = '/proc/vmstat';

/** Reads the counters, which the kernel has since Linux 4.13. */
export function readOomKills(files: SystemFiles = systemFiles()): OomKills {
  const groups = valueOrUndefined(findCgroups(files, 'memory'));
  const counted = (path: string): OomKill | null => {
    const count = /^oom_kill (\d{1,15})$/m.exec(valueOrUndefined(files.read(path)) ?? '')?.[1];
    return count === undefined ? null : { path, count: Number(count) };
  };
  return {
    ofGroup: groups === undefined ? null : counted(`${groups.folders[0]}/${GROUP_FILE[groups.version]}`),
    ofMachine: counted(MACHINE_FILE),
  };
}

/** What V8, the C++ library and the C library say before they give up. */
const LAST_WORDS =
  /heap out of memory|javascript OOM|(?:JavaScript|process) out of memory|Array buffer allocation failed|std::bad_alloc|Cannot allocate memory/i;

/**
 * Why the end of a process was one for want of memory, as a part of a sentence about it; null where nothing says so.
 *
 * @param before What was counted when it was started, and `after` when it had ended.
 */
export function memoryEvidence(
  { signal, lastWords }: { readonly signal: string | null; readonly lastWords: string },
  before: OomKills,
  after: OomKills,
): string | null {
  if (signal === 'SIGKILL') {
    if (isMore(before.ofGroup, after.ofGroup))
      return `by the kernel, because its control group had no memory left (${after.ofGroup?.path} counts it)`;
    if (after.ofGroup === null && isMore(before.ofMachine, after.ofMachine))
      return `while the kernel ended processes because this machine had no memory left (${MACHINE_FILE} counts them)`;
  }
  return signal !== null && LAST_WORDS.test(lastWords) ? 'because it got no more memory' : null;
}

function isMore(before: OomKill | null, after: OomKill | null): boolean {
  return before !== null && after !== null && after.count > before.count;
}
