// Opens the kernel's record of context switches (perf_event_open(2)) and says why where it cannot.
// Knows the call and its structure; what is in the records is the business of switch-records.ts.
import { getSystemErrorName } from 'node:util';
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { Libc } from './libc.ts';

/** What to record. */
export interface SwitchEventTarget {
  /** The thread, 0 for the calling one. */
  readonly threadId: number;
  /** Only while the thread is on this CPU; -1 for all. Descendants can be followed on one CPU at a time only. */
  readonly cpu: number;
  /** Whether to record what the thread forks, too; see {@link Following}. */
  readonly following: Following;
}

/**
 * - `nobody`: the thread alone
 * - `from-fork`: the thread, and every thread and process that it starts, from the first instant, with all descendants
 * - `from-exec`: not the thread, but every process that it forks, from its exec on, with all descendants
 */
export type Following = 'nobody' | 'from-fork' | 'from-exec';

/** The number of perf_event_open(2). */
const SYSCALL: Readonly<Partial<Record<string, number>>> = { x64: 298, arm64: 241 };
const PERF_FLAG_FD_CLOEXEC = 8;

/** struct perf_event_attr, version 8. An older kernel accepts it, because what it does not know is zero. */
const ATTR_BYTES = 136;
const TYPE_SOFTWARE = 1;
const COUNT_SW_DUMMY = 9;
/** PERF_SAMPLE_TID, _TIME and _CPU: what every record carries besides its own fields. */
const SAMPLE_TYPE = 2 | 4 | 128;
const CLOCK_MONOTONIC = 1;
/** Nobody polls the descriptor: never wake anybody up for it. */
const WAKEUP_BYTES = 1 << 30;

const bit = (index: number): number => 2 ** index;
/** exclude_kernel, exclude_hv (without which more privilege is needed), watermark, sample_id_all, use_clockid, context_switch. */
const FLAGS = bit(5) + bit(6) + bit(14) + bit(18) + bit(25) + bit(26);
/** By following: inherit and task (records of ends); disabled and enable_on_exec. */
const FOLLOWING_FLAGS: Readonly<Record<Following, number>> = {
  nobody: 0,
  'from-fork': bit(1) + bit(13),
  'from-exec': bit(1) + bit(13) + bit(0) + bit(12),
};

function attribute(following: Following): ArrayBuffer {
  const memory = new ArrayBuffer(ATTR_BYTES);
  const view = new DataView(memory);
  view.setUint32(0, TYPE_SOFTWARE, true);
  view.setUint32(4, ATTR_BYTES, true);
  view.setUint32(8, COUNT_SW_DUMMY, true);
  view.setUint32(24, SAMPLE_TYPE, true);
  view.setUint32(40, FLAGS + FOLLOWING_FLAGS[following], true);
  view.setUint32(48, WAKEUP_BYTES, true);
  view.setInt32(92, CLOCK_MONOTONIC, true);
  return memory;
}

/** Opens an event and gives its descriptor, or says why the kernel refuses. */
export function openSwitchEvent(
  libc: Libc,
  { threadId, cpu, following }: SwitchEventTarget,
  files: SystemFiles,
): Available<number> {
  const number = SYSCALL[process.arch];
  if (number === undefined) return unavailable(`perf_event_open: its number on ${process.arch} is not known`);
  const memory = attribute(following);
  const fd = libc.syscall(number, libc.addressOf(memory), threadId, cpu, -1, PERF_FLAG_FD_CLOEXEC);
  const errno = fd >= 0 ? 0 : libc.errno();
  // The address does not keep the memory from being collected; touching it behind the call does.
  new Uint8Array(memory).fill(0);
  if (fd >= 0) return available(fd);
  const error = getSystemErrorName(-errno);
  return unavailable(refusalReason(error, files.read('/proc/sys/kernel/perf_event_paranoid')));
}

const MEANING: Readonly<Record<string, string>> = {
  ESRCH: 'there is no such thread',
  ENOENT: 'this kernel cannot record context switches',
  ENOSYS: 'this kernel has no performance events, or a sandbox hides them',
  EINVAL: 'this kernel does not know a part of the request',
  ENODEV: 'the CPU is offline',
  EMFILE: 'too many descriptors are open; raise the limit with ulimit -n',
  ENFILE: 'the system has too many open files',
};

/** Up to this level an ordinary user may record the context switches of his own processes. */
const ALLOWED_LEVEL = 2;

/**
 * Why perf_event_open(2) refused, in words.
 *
 * @param paranoid The text of /proc/sys/kernel/perf_event_paranoid.
 */
export function refusalReason(error: string, paranoid: Available<string>): string {
  const meaning = MEANING[error] ?? (/^(EACCES|EPERM)$/.test(error) ? forbidden(paranoid) : undefined);
  return `perf_event_open: ${error}${meaning === undefined ? '' : `: ${meaning}`}`;
}

function forbidden(paranoid: Available<string>): string {
  if (!paranoid.available) return `this process may not record context switches (${paranoid.reason})`;
  const level = paranoid.value.trim();
  return Number(level) > ALLOWED_LEVEL
    ? `perf_event_paranoid is ${level}; sysctl kernel.perf_event_paranoid=${ALLOWED_LEVEL} would allow it`
    : `perf_event_paranoid is ${level} and allows it; a container's seccomp profile or a security module forbids it`;
}
