// The kernel's account of one thread of another process, through descriptors that stay open: a descriptor of /proc
// belongs to the thread it was opened for, so a number that the kernel gives to a new thread cannot be confused with it.
import { closeSync, openSync, readSync } from 'node:fs';
import type { SystemFiles } from '../base/system-files.ts';
import { parseSchedstat, SCHEDSTAT_BYTES, type Schedstat } from '../timing/thread-schedstat.ts';
import type { ThreadId } from './tree-switches.ts';

/** The last figures of a thread. */
export interface ThreadAccount extends Disposable, ThreadId {
  /** Overwritten by {@link ThreadAccount.read}; CPU time is up to a tick old while the thread runs. */
  readonly schedstat: Schedstat;
  /** Context switches by which it gave up its CPU, and whether it wanted one; see `readsStatus`. */
  readonly state: { voluntarySwitches: number; isRunnable: boolean };
  /** Reads the figures again; false where the thread is gone and they stay what they were. */
  read(): boolean;
}

const STATUS_BYTES = 4096;

/**
 * Opens the account of a thread.
 *
 * @param readsStatus Also read the switch counts, which costs 6 µs a time.
 * @returns null where the thread is gone, or may not be looked at.
 */
export function openThreadAccount(id: ThreadId, readsStatus: boolean): ThreadAccount | null {
  const folder = `/proc/${id.processId}/task/${id.threadId}`;
  const schedstatFd = open(`${folder}/schedstat`);
  if (schedstatFd === null) return null;
  const statusFd = readsStatus ? open(`${folder}/status`) : null;
  const account = {
    ...id,
    schedstat: { cpuNs: 0, runQueueNs: 0, timeslices: 0 },
    state: { voluntarySwitches: 0, isRunnable: false },
    read: () => readAccount(account, schedstatFd, statusFd),
    [Symbol.dispose]: () => {
      closeSync(schedstatFd);
      if (statusFd !== null) closeSync(statusFd);
    },
  };
  return account;
}

function open(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

const buffer = new Uint8Array(STATUS_BYTES);

function readAccount(account: ThreadAccount, schedstatFd: number, statusFd: number | null): boolean {
  try {
    parseSchedstat(buffer, readSync(schedstatFd, buffer, 0, SCHEDSTAT_BYTES, 0), account.schedstat);
    if (statusFd !== null) {
      const length = readSync(statusFd, buffer, 0, STATUS_BYTES, 0);
      Object.assign(account.state, parseState(Buffer.from(buffer.buffer, 0, length).toString('latin1')));
    }
    return true;
  } catch (error) {
    // ESRCH: the thread is gone.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

/** The switch counts of a thread that may be a zombie; NaN where they cannot be read. */
export function readVoluntarySwitches(files: SystemFiles, { processId, threadId }: ThreadId): number {
  const status = files.read(`/proc/${processId}/task/${threadId}/status`);
  return status.available ? parseState(status.value).voluntarySwitches : Number.NaN;
}

/** Parses the two lines of a status file: `State: R (running)` and `voluntary_ctxt_switches: 17`. */
export function parseState(status: string): ThreadAccount['state'] {
  return {
    isRunnable: /^State:\s*R/m.test(status),
    voluntarySwitches: Number(/^voluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1] ?? Number.NaN),
  };
}
