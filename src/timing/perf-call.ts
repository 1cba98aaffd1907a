// The call perf_event_open(2), for whoever records or counts with it, and its refusals in words. Knows the head of its structure
// and nothing of what an event means.
import { getSystemErrorName } from 'node:util';
import type { Available } from '../base/availability.ts';
import type { Libc } from './libc.ts';

/** What stands in the head of struct perf_event_attr, and of which thread on which CPU. */
export interface PerfEventCall {
  /** struct perf_event_attr; see {@link PERF_ATTR_BYTES}. */
  readonly attribute: ArrayBuffer;
  /** The thread, 0 for the calling one. */
  readonly threadId: number;
  /** Only while the thread is on this CPU; -1 for all. */
  readonly cpu: number;
}

/** struct perf_event_attr, version 8. An older kernel accepts it, because what it does not know is zero. */
export const PERF_ATTR_BYTES = 136;

/** A descriptor, or the name of the error: `ENOENT`. */
export type PerfEventOpened = { readonly fd: number } | { readonly error: string };

/** The number of perf_event_open(2). */
const SYSCALL: Readonly<Partial<Record<string, number>>> = { x64: 298, arm64: 241 };
const PERF_FLAG_FD_CLOEXEC = 8;

/** Opens an event. On an architecture whose number of the call is not known it does not exist: ENOSYS. */
export function callPerfEventOpen(libc: Libc, { attribute, threadId, cpu }: PerfEventCall): PerfEventOpened {
  const number = SYSCALL[process.arch];
  if (number === undefined) return { error: 'ENOSYS' };
  const fd = libc.syscall(number, libc.addressOf(attribute), threadId, cpu, -1, PERF_FLAG_FD_CLOEXEC);
  const errno = fd >= 0 ? 0 : libc.errno();
  // The address does not keep the memory from being collected; touching it behind the call does.
  new Uint8Array(attribute).fill(0);
  return fd >= 0 ? { fd } : { error: getSystemErrorName(-errno) };
}

/** What somebody wanted to do, for the reasons: `record context switches`. */
export type PerfEventPurpose = 'record context switches' | 'count this event';

const MEANING: Readonly<Record<string, string>> = {
  ESRCH: 'there is no such thread',
  ENOSYS: 'this kernel has no performance events, or a sandbox hides them',
  EINVAL: 'this kernel does not know a part of the request',
  ENODEV: 'the CPU is offline',
  EMFILE: 'too many descriptors are open; raise the limit with ulimit -n',
  ENFILE: 'the system has too many open files',
};

/** Up to this level an ordinary user may record and count events of his own processes. */
const ALLOWED_LEVEL = 2;

/**
 * Why perf_event_open(2) refused, in words.
 *
 * @param paranoid The text of /proc/sys/kernel/perf_event_paranoid.
 */
export function refusalReason(
  error: string,
  paranoid: Available<string>,
  purpose: PerfEventPurpose = 'record context switches',
): string {
  const meaning = meaningOf(error, paranoid, purpose);
  return `perf_event_open: ${error}${meaning === undefined ? '' : `: ${meaning}`}`;
}

function meaningOf(
  error: string,
  paranoid: Available<string>,
  purpose: PerfEventPurpose,
): string | undefined {
  if (error === 'ENOENT') return `this kernel cannot ${purpose}`;
  return MEANING[error] ?? (isDenied(error) ? forbidden(paranoid, purpose) : undefined);
}

/** Whether an error says that this process may not, and nothing of whether there is such an event. */
export function isDenied(error: string): boolean {
  return error === 'EACCES' || error === 'EPERM';
}

function forbidden(paranoid: Available<string>, purpose: PerfEventPurpose): string {
  if (!paranoid.available) return `this process may not ${purpose} (${paranoid.reason})`;
  const level = paranoid.value.trim();
  return Number(level) > ALLOWED_LEVEL
    ? `perf_event_paranoid is ${level}; sysctl kernel.perf_event_paranoid=${ALLOWED_LEVEL} would allow it`
    : `perf_event_paranoid is ${level} and allows it; a container's seccomp profile or a security module forbids it`;
}
