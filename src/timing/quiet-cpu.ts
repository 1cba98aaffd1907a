// Which CPU to measure on: the one on which the least happened in a short look at /proc/stat. A pure choice;
// binding the thread to it is pinning.ts.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { CpuTimes } from './cpu-times.ts';
import { allowedCpus, parseCpuList } from './thread-cpus.ts';

/** The CPUs that a thread may be bound to, ascending. */
export interface PinnableCpus {
  /** Allowed by the thread's affinity, and online. */
  readonly usable: readonly number[];
  /** Of these, the ones that the scheduler was told to leave alone (isolcpus): only on explicit request. */
  readonly isolated: readonly number[];
}

/** Reads which CPUs are allowed, online and isolated. Where the kernel does not list them, all are online and none isolated. */
export function pinnableCpus(files: SystemFiles): Available<PinnableCpus> {
  return mapAvailable(allowedCpus(files), (allowed) => {
    const online = listed(files, 'online') ?? allowed;
    const isolated = listed(files, 'isolated') ?? [];
    const usable = allowed.filter((cpu) => online.includes(cpu));
    return { usable, isolated: usable.filter((cpu) => isolated.includes(cpu)) };
  });
}

function listed(files: SystemFiles, name: string): readonly number[] | undefined {
  const text = files.read(`/sys/devices/system/cpu/${name}`);
  if (!text.available) return undefined;
  if (text.value.trim() === '') return [];
  const cpus = parseCpuList(text.value.trim());
  return cpus.available ? cpus.value : undefined;
}

/** A CPU and why it was taken. */
export interface QuietCpu {
  readonly cpu: number;
  /** In words, for the report. */
  readonly rule: string;
}

/**
 * The CPU with the least share of busy and stolen time between two readings of /proc/stat; of equals the current one,
 * else the first. Isolated CPUs are never taken.
 */
export function quietestCpu(
  { usable, isolated }: PinnableCpus,
  before: ReadonlyMap<number, CpuTimes>,
  after: ReadonlyMap<number, CpuTimes>,
  current: number,
): Available<QuietCpu> {
  const candidates = usable
    .filter((cpu) => !isolated.includes(cpu))
    .map((cpu) => ({ cpu, share: takenShare(before.get(cpu), after.get(cpu)) }));
  const order = candidates.sort(
    (a, b) => a.share - b.share || Number(b.cpu === current) - Number(a.cpu === current) || a.cpu - b.cpu,
  );
  const [best] = order;
  if (best === undefined) return unavailable('no CPU is allowed, online and not isolated');
  const percent = Math.round(100 * best.share);
  const rule = `the least busy and stolen of ${order.length} CPUs in a short look (${percent} %)`;
  return available({ cpu: best.cpu, rule });
}

/** From 0 to 1; 1 for a CPU of which nothing is known, so that it is taken last. */
function takenShare(before: CpuTimes | undefined, after: CpuTimes | undefined): number {
  if (before === undefined || after === undefined) return 1;
  const taken = after.busyTicks + after.stealTicks - before.busyTicks - before.stealTicks;
  const idle = after.idleTicks - before.idleTicks;
  // It was unplugged in between, and counts from the beginning: nothing is known of it.
  if (taken < 0) return 1;
  return taken + idle > 0 ? Math.min(1, Math.max(0, taken / (taken + idle))) : 0;
}
