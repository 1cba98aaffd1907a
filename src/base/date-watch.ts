// Whether the date was set, or the machine slept, while something was measured: three clocks of the kernel, compared at two
// instants. No sample is on the clock of the date; the times at which a report began and ended are.
import { type SystemFiles, systemFiles } from './system-files.ts';

/** What happened since the watch began. */
export interface DateChanges {
  /** By how much the date was set forward, in ns; negative: back. Null where it was not. */
  readonly setNs: number | null;
  /** For how long the machine slept (suspended to memory or disk), in ns. Null where it did not, or cannot be known. */
  readonly suspendedNs: number | null;
}

/** The three clocks at one instant, in ns, each on a scale of its own. */
interface Instant {
  /** CLOCK_REALTIME. */
  readonly dateNs: number;
  /** CLOCK_MONOTONIC: stands still while the machine sleeps. */
  readonly awakeNs: number;
  /** CLOCK_BOOTTIME, by /proc/uptime: goes on then. Null without /proc. */
  readonly bootNs: number | null;
}

/** Less is a leap second, or the time between two readings on a busy machine. */
const LEAST_NS = 1.5e9;

/** Begins a watch; call what it returns for the changes up to then. */
export function watchDate(now: () => Instant = readInstant): () => DateChanges {
  const before = now();
  return () => changesBetween(before, now());
}

/** Reads the clocks of this machine. */
export function readInstant(files: SystemFiles = systemFiles()): Instant {
  const uptime = files.read('/proc/uptime');
  const seconds = uptime.available ? Number.parseFloat(uptime.value) : Number.NaN;
  return {
    dateNs: Date.now() * 1e6,
    awakeNs: performance.now() * 1e6,
    bootNs: Number.isFinite(seconds) ? seconds * 1e9 : null,
  };
}

function changesBetween(from: Instant, to: Instant): DateChanges {
  const awakeNs = to.awakeNs - from.awakeNs;
  const bootNs = from.bootNs === null || to.bootNs === null ? null : to.bootNs - from.bootNs;
  // Without a clock that goes on while the machine sleeps, its sleep is a date that was set forward.
  const setNs = to.dateNs - from.dateNs - (bootNs ?? awakeNs);
  const suspendedNs = bootNs === null ? 0 : bootNs - awakeNs;
  return {
    setNs: Math.abs(setNs) > LEAST_NS ? setNs : null,
    suspendedNs: suspendedNs > LEAST_NS ? suspendedNs : null,
  };
}
