// /proc/thread-self/schedstat: CPU time and run-queue wait of the calling thread in ns. The file is
// bound to the thread that OPENS it: a libuv pool thread for node:fs/promises, so the open is
// synchronous here, and a descriptor must not be handed to another thread.
import { closeSync, openSync, readSync } from 'node:fs';
import { type Available, available, unavailable } from '../base/availability.ts';

/** Where the descriptor comes from, as named in a report. */
export const SCHEDSTAT_PATH = '/proc/thread-self/schedstat';
/** Three 64-bit decimals, two spaces and a newline need at most 63 bytes. */
export const SCHEDSTAT_BYTES = 96;

/** The three fields of the file, overwritten in place. */
export interface Schedstat {
  /** Time on a CPU in ns; excludes steal on kernels with paravirtual time accounting. */
  cpuNs: number;
  /** Time runnable but not running, in ns. */
  runQueueNs: number;
  /** How often the thread was put on a CPU. */
  timeslices: number;
}

/** An open descriptor of the calling thread's file. */
export interface ThreadSchedstat extends Disposable {
  readonly fd: number;
  /** Overwrites `into`. The CPU time is up to a tick old unless the thread's clock was read just before. */
  read(into: Schedstat): void;
}

/** Opens the calling thread's schedstat, or says why it is not there (gVisor, no CONFIG_SCHED_INFO). */
export function openThreadSchedstat(path: string = SCHEDSTAT_PATH): Available<ThreadSchedstat> {
  try {
    const fd = openSync(path, 'r');
    const bytes = new Uint8Array(SCHEDSTAT_BYTES);
    return available({
      fd,
      read: (into) => parseSchedstat(bytes, readSync(fd, bytes, 0, SCHEDSTAT_BYTES, 0), into),
      [Symbol.dispose]: () => closeSync(fd),
    });
  } catch (error) {
    return unavailable(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}

const SPACE = 32;
const DIGIT_0 = 48;

/**
 * Parses `cpu run_delay timeslices` from bytes, without a string. Exact below 2^53 ns (104 days).
 *
 * @throws RangeError when the bytes are not of that form: nothing measured on them could be trusted.
 */
export function parseSchedstat(bytes: Uint8Array, length: number, into: Schedstat): void {
  let field = 0;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] as number;
    if (byte >= DIGIT_0 && byte <= DIGIT_0 + 9) {
      value = value * 10 + (byte - DIGIT_0);
      continue;
    }
    if (field === 0) into.cpuNs = value;
    else if (field === 1) into.runQueueNs = value;
    else {
      into.timeslices = value;
      return;
    }
    if (byte !== SPACE) break;
    field++;
    value = 0;
  }
  throw new RangeError('Cannot read schedstat: not three decimal fields');
}
