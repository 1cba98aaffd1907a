// Context switches as they happen, exact in CLOCK_MONOTONIC: of one thread, or of a child process with all
// it starts. The only source that tells how long a thread was off its CPU, and whether it wanted to be.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type Libc, openLibc, SC_PAGESIZE } from './libc.ts';
import { type Following, openSwitchEvent, type SwitchEventTarget } from './perf-event.ts';
import { type DrainSwitches, switchReader } from './switch-records.ts';
import { parseCpuList } from './thread-cpus.ts';

/** Records of context switches since the ring was opened; must not be used once disposed. */
export interface SwitchRing extends Disposable {
  /** The CPU whose switches the ring holds; -1: all. */
  readonly cpu: number;
  /** Takes out what is there; see {@link DrainSwitches}. Costs about 40 ns, and as much for each record. */
  readonly drain: DrainSwitches;
}

/** One ring per CPU. Switches of one thread that moves between CPUs are in several: order them by `atNs`. */
export interface TreeSwitchRings extends Disposable {
  readonly rings: readonly SwitchRing[];
  /** Drains one ring after the other and sums up what was lost. */
  readonly drain: DrainSwitches;
}

/** How much room to reserve. */
export interface RingRoom {
  /**
   * Pages of records, a power of two; 128 records of 32 bytes fit on a page of 4 KiB. Default 64. The kernel lets
   * an ordinary user have 128 per CPU in all (perf_event_mlock_kb).
   */
  readonly pages?: number;
  /** Where the machine describes itself. Default: this machine. */
  readonly files?: SystemFiles;
}

const DEFAULT_PAGES = 64;

/**
 * Records the switches of one thread of this process, on whatever CPU.
 *
 * @returns The ring, or why this process may not have it. Works for an ordinary user where perf_event_paranoid
 *   is 2 or less; the default seccomp profiles of containers forbid it.
 */
export function openThreadSwitchRing(
  options: RingRoom & {
    /** Default 0: the calling thread. */
    readonly threadId?: number;
  } = {},
): Available<SwitchRing> {
  return openRing({ threadId: options.threadId ?? 0, cpu: -1, following: 'nobody' }, options);
}

/**
 * Records every child that the calling thread forks from now on, with all threads and descendants: from its exec on,
 * without the calling thread (the default), or from its fork on, with the calling thread and the threads that it
 * starts. The end of every thread is recorded too. Covers the CPUs that are online now.
 *
 * @returns The rings, or why this process may not have them.
 */
export function openTreeSwitchRings(
  options: RingRoom & { readonly following?: Exclude<Following, 'nobody'> } = {},
): Available<TreeSwitchRings> {
  const following = options.following ?? 'from-exec';
  const files = options.files ?? systemFiles();
  const online = files.read('/sys/devices/system/cpu/online');
  const cpus = online.available ? parseCpuList(online.value.trim()) : online;
  if (!cpus.available) return cpus;
  const rings: SwitchRing[] = [];
  const dispose = (): void => {
    for (const ring of rings) ring[Symbol.dispose]();
  };
  for (const cpu of cpus.value) {
    const ring = openRing({ threadId: 0, cpu, following }, { ...options, files });
    if (!ring.available) {
      dispose();
      return unavailable(`CPU ${cpu}: ${ring.reason}`);
    }
    rings.push(ring.value);
  }
  return available({
    rings,
    drain: (onSwitch) => rings.reduce((lost, ring) => lost + ring.drain(onSwitch), 0),
    [Symbol.dispose]: dispose,
  });
}

function openRing(
  target: SwitchEventTarget,
  { pages = DEFAULT_PAGES, files = systemFiles() }: RingRoom,
): Available<SwitchRing> {
  if (pages < 1 || (pages & (pages - 1)) !== 0) {
    throw new RangeError(`Cannot open a ring of ${pages} pages: not a power of two`);
  }
  const libc = openLibc();
  if (!libc.available) return libc;
  const fd = openSwitchEvent(libc.value, target, files);
  if (!fd.available) return fd;
  const ring = mapRing(libc.value, fd.value, target.cpu, pages);
  if (!ring.available) libc.value.close(fd.value);
  return ring;
}

function mapRing(libc: Libc, fd: number, cpu: number, pages: number): Available<SwitchRing> {
  const pageBytes = libc.sysconf(SC_PAGESIZE);
  const mapping = libc.mapShared(fd, (pages + 1) * pageBytes);
  if (!mapping.available) {
    return unavailable(`${mapping.reason}; sysctl kernel.perf_event_mlock_kb limits it`);
  }
  return mapAvailable(mapping, ({ memory, unmap }) => {
    let drain: DrainSwitches | undefined = switchReader(memory, pageBytes);
    return {
      cpu,
      drain: (onSwitch) => {
        if (drain === undefined) throw new Error('Cannot drain a ring of switches: it was disposed');
        return drain(onSwitch);
      },
      [Symbol.dispose]: () => {
        if (drain === undefined) return;
        drain = undefined;
        unmap();
        libc.close(fd);
      },
    };
  });
}
