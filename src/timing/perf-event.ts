// Opens the kernel's record of context switches (perf_event_open(2)) and says why where it cannot.
// Knows what to ask for; what is in the records is the business of switch-records.ts.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { Libc } from './libc.ts';
import { callPerfEventOpen, PERF_ATTR_BYTES, refusalReason } from './perf-call.ts';

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
  const memory = new ArrayBuffer(PERF_ATTR_BYTES);
  const view = new DataView(memory);
  view.setUint32(0, TYPE_SOFTWARE, true);
  view.setUint32(4, PERF_ATTR_BYTES, true);
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
  const opened = callPerfEventOpen(libc, { attribute: attribute(following), threadId, cpu });
  if ('fd' in opened) return available(opened.fd);
  return unavailable(refusalReason(opened.error, files.read('/proc/sys/kernel/perf_event_paranoid')));
}
