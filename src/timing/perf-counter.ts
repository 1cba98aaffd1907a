// One event of the kernel or of the CPU that is counted for one thread (perf_event_open(2)). Knows the call and what a reading
// looks like; which events there are, and whether what they count is right, others know.
import { readSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import type { Libc } from './libc.ts';
import { callPerfEventOpen, PERF_ATTR_BYTES } from './perf-call.ts';

/** An event by its numbers in linux/perf_event.h. */
export interface PerfEventId {
  /** PERF_TYPE_*: 0 hardware, 1 software, 3 caches. */
  readonly type: number;
  readonly config: number;
}

/** Of whom. */
export interface PerfCounterTarget {
  /** The thread, 0 for the calling one. */
  readonly threadId: number;
  /** Whether to count for the threads too that it starts from now on. */
  readonly inherit: boolean;
  /** Whether to leave out what happens in the kernel, as a process without privilege must. */
  readonly userOnly: boolean;
}

/** A reading: the count, and for how long the event was wanted and was counted, in ns. */
export interface PerfReading {
  readonly count: number;
  readonly enabledNs: number;
  /** Less than `enabledNs` where events share counters of the CPU. */
  readonly runningNs: number;
}

/** An event that is counted from its opening on. */
export interface PerfCounter extends Disposable {
  /** About 2 µs. Throws once it was closed, and when the kernel refuses, which it does not do of an open event. */
  read(): PerfReading;
}

/** PERF_FORMAT_TOTAL_TIME_ENABLED and _RUNNING: three numbers of eight bytes. */
const READ_FORMAT = 1 | 2;
const READING_BYTES = 24;

const INHERIT = 2;
const EXCLUDE_KERNEL_AND_HYPERVISOR = 2 ** 5 + 2 ** 6;
/** In the upper half of the flags; Linux 5.13 and later: only threads inherit, and no processes. */
const INHERIT_THREAD = 2 ** (35 - 32);

/** Opens a counter, or gives the name of the error: `ENOENT`. */
export function openPerfCounter(
  libc: Libc,
  event: PerfEventId,
  target: PerfCounterTarget,
): PerfCounter | string {
  const call = (threadsOnly: boolean): ReturnType<typeof callPerfEventOpen> =>
    callPerfEventOpen(libc, {
      attribute: attributeOf(event, target, threadsOnly),
      threadId: target.threadId,
      cpu: -1,
    });
  const first = call(target.inherit);
  // Kernels that do not know the flag know the event perhaps; they count processes that are started, too.
  const isOldKernel = target.inherit && 'error' in first && first.error === 'EINVAL';
  const opened = isOldKernel ? call(false) : first;
  return 'error' in opened ? opened.error : counterOf(opened.fd, libc);
}

function attributeOf(
  { type, config }: PerfEventId,
  { inherit, userOnly }: PerfCounterTarget,
  threadsOnly: boolean,
): ArrayBuffer {
  const memory = new ArrayBuffer(PERF_ATTR_BYTES);
  const view = new DataView(memory);
  view.setUint32(0, type, true);
  view.setUint32(4, PERF_ATTR_BYTES, true);
  view.setUint32(8, config, true);
  view.setUint32(32, READ_FORMAT, true);
  view.setUint32(40, (inherit ? INHERIT : 0) + (userOnly ? EXCLUDE_KERNEL_AND_HYPERVISOR : 0), true);
  view.setUint32(44, threadsOnly ? INHERIT_THREAD : 0, true);
  return memory;
}

function counterOf(fd: number, libc: Libc): PerfCounter {
  const words = new BigUint64Array(READING_BYTES / 8);
  const bytes = new Uint8Array(words.buffer);
  // A descriptor that was closed is somebody else's soon: it is neither read nor closed again.
  let open = true;
  return {
    read: () => {
      if (!open) throw new GuestmarkError('usage', 'Cannot read a performance event: it was closed');
      // No position: the kernel gives such an event to read(2) only.
      readSync(fd, bytes, 0, READING_BYTES, null);
      const [count = 0, enabledNs = 0, runningNs = 0] = Array.from(words, Number);
      return { count, enabledNs, runningNs };
    },
    [Symbol.dispose]: () => {
      if (open) libc.close(fd);
      open = false;
    },
  };
}
