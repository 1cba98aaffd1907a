// Steal per CPU in ns, where this machine has a finer source than the ticks of /proc/stat: the scheduler's
// debug file (for root), or the CPU time of all tasks of a CPU that was never idle. Neither replaces /proc/stat.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { findCgroups } from './cpu-cgroups.ts';
import { type CpuTimes, parseCpuTimes } from './cpu-times.ts';

/** What a source of precise steal means. */
export type PreciseStealMeaning = 'charged' | 'ceiling';

/** One reading of every CPU. */
export interface PreciseReading {
  /** CLOCK_MONOTONIC in ns. */
  readonly atNs: number;
  /** By CPU id, in ns since boot: steal (`charged`), or CPU time that tasks used (`ceiling`). */
  readonly counterNs: ReadonlyMap<number, number>;
  /** /proc/stat at the same time, where idle time matters; else empty. */
  readonly times: ReadonlyMap<number, CpuTimes>;
}

/**
 * A source of steal per CPU.
 *
 * - `debugfs`: the scheduler's `clock − clock_task`. It is what was charged as steal (with interrupts on kernels
 *   that account for them), so it loses what the scheduler loses when another CPU wakes a task on the stolen one.
 *   The clocks of idle CPUs stand still between events: trust a CPU that was busy at both readings
 * - `cpuacct`: wall time less the CPU time of tasks. An upper bound, and only for a CPU that was not idle
 */
export interface PreciseSteal {
  readonly name: 'debugfs' | 'cpuacct';
  readonly meaning: PreciseStealMeaning;
  readonly path: string;
  /** Least cost of a reading in ns, measured at opening: not for use inside a sample. */
  readonly costNs: number;
  read(): Available<PreciseReading>;
}

/** The paths of the scheduler's debug file, newer kernels first. */
const DEBUG_PATHS = ['/sys/kernel/debug/sched/debug', '/proc/sched_debug'] as const;

/** Opens the best precise source, or says why each one is missing. */
export function openPreciseSteal(files: SystemFiles = systemFiles()): Available<PreciseSteal> {
  const debug = openDebug(files);
  if (debug.available) return debug;
  const cpuacct = openCpuacct(files);
  return cpuacct.available ? cpuacct : unavailable(`${debug.reason}; ${cpuacct.reason}`);
}

/** The scheduler's own steal per CPU, from its debug file. */
export function openDebug(files: SystemFiles): Available<PreciseSteal> {
  const reasons: string[] = [];
  for (const path of DEBUG_PATHS) {
    const read = (): Available<PreciseReading> => {
      // Brings the clock of this thread's CPU up to date; others are as old as their last event.
      process.cpuUsage();
      const text = files.read(path);
      const counterNs = text.available ? parseSchedDebug(text.value) : text;
      return mapAvailable(counterNs, (value) => ({ atNs: nowNs(), counterNs: value, times: new Map() }));
    };
    const first = read();
    if (first.available)
      return available({ name: 'debugfs', meaning: 'charged', path, costNs: costOf(read), read });
    reasons.push(first.reason);
  }
  return unavailable(`${reasons.join(', ')} (root may mount debugfs at /sys/kernel/debug)`);
}

/** CPU time per CPU, from control groups of version 1. */
export function openCpuacct(files: SystemFiles): Available<PreciseSteal> {
  const found = findCgroups(files, 'cpuacct');
  if (!found.available) return found;
  if (found.value.version === 'v2') return unavailable('control groups of version 2 do not count per CPU');
  const path = `${found.value.folders.at(-1)}/cpuacct.usage_percpu`;
  const read = (): Available<PreciseReading> => {
    const usage = files.read(path);
    const atNs = nowNs();
    const stat = files.read('/proc/stat');
    if (!usage.available) return usage;
    return mapAvailable(stat.available ? parseCpuTimes(stat.value) : stat, (times) => ({
      atNs,
      counterNs: parseUsagePerCpu(usage.value),
      times,
    }));
  };
  const first = read();
  if (!first.available) return first;
  return available({ name: 'cpuacct', meaning: 'ceiling', path, costNs: costOf(read), read });
}

/** Parses `cpu#3, 2596.150 MHz` and, below it, `.clock : 1626063.925475` and `.clock_task : …`, in ms. */
export function parseSchedDebug(text: string): Available<ReadonlyMap<number, number>> {
  const steal = new Map<number, number>();
  for (const section of text.split(/^cpu#/m).slice(1)) {
    const cpu = /^\d+/.exec(section)?.[0];
    const clockNs = clockOf(section, 'clock');
    const taskNs = clockOf(section, 'clock_task');
    if (cpu === undefined || clockNs === undefined || taskNs === undefined) continue;
    steal.set(Number(cpu), clockNs - taskNs);
  }
  return steal.size > 0
    ? available(steal)
    : unavailable('the debug file of the scheduler shows no clock_task');
}

function clockOf(section: string, name: string): number | undefined {
  const match = new RegExp(`^\\s*\\.${name}\\s*:\\s*(\\d+)\\.(\\d{6})$`, 'm').exec(section);
  return match === null ? undefined : Number(match[1]) * 1e6 + Number(match[2]);
}

/** Parses one number of ns per possible CPU, from CPU 0 on. */
function parseUsagePerCpu(text: string): ReadonlyMap<number, number> {
  return new Map(
    text
      .trim()
      .split(/\s+/)
      .map((value, cpu) => [cpu, Number(value)]),
  );
}

/**
 * Steal of one CPU between two readings, in ns. What it means is on the source.
 *
 * @returns A reason for a CPU that is missing or, with `ceiling`, was idle: then the bound says nothing.
 */
export function preciseStealBetween(
  { meaning }: Pick<PreciseSteal, 'meaning'>,
  before: PreciseReading,
  after: PreciseReading,
  cpu: number,
): Available<number> {
  const from = before.counterNs.get(cpu);
  const to = after.counterNs.get(cpu);
  if (from === undefined || to === undefined) return unavailable(`CPU ${cpu} is not in both readings`);
  if (meaning === 'charged') {
    return to < from ? unavailable(`the steal of CPU ${cpu} ran backwards`) : available(to - from);
  }
  const idle = (after.times.get(cpu)?.idleTicks ?? 0) - (before.times.get(cpu)?.idleTicks ?? 0);
  if (idle !== 0)
    return unavailable(`CPU ${cpu} was idle for ${idle} ticks: time without a task is not steal`);
  return available(Math.max(0, after.atNs - before.atNs - (to - from)));
}

function nowNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}

const COST_READINGS = 3;

function costOf(read: () => unknown): number {
  const costs = Array.from({ length: COST_READINGS }, () => {
    const startNs = nowNs();
    read();
    return nowNs() - startNs;
  });
  return Math.min(...costs);
}
