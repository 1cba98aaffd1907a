// Steal per CPU from /proc/stat. It counts what the hypervisor took from a CPU whoever ran there, in
// ticks; it stays right where the scheduler's own charge loses steal. CPUs are known by their id:
// the rows of offline CPUs are missing, so a row number means nothing.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { openLibc, SC_CLK_TCK } from './libc.ts';

/** The steal of every CPU that was online, in ticks since boot, by CPU id. */
export type CpuSteal = ReadonlyMap<number, number>;

/** Reads the steal of every CPU, or says why there is none to read. */
export function readCpuSteal(files: SystemFiles): Available<CpuSteal> {
  const text = files.read('/proc/stat');
  return text.available ? parseCpuSteal(text.value) : text;
}

/** `cpu3 user nice system idle iowait irq softirq steal …`: steal is the eighth number. */
const STEAL_FIELD = 8;

/** Parses the rows `cpuN` of /proc/stat. */
export function parseCpuSteal(text: string): Available<CpuSteal> {
  const steal = new Map<number, number>();
  for (const line of text.split('\n')) {
    const fields = line.split(/\s+/);
    const cpu = /^cpu(\d+)$/.exec(fields[0] ?? '')?.[1];
    if (cpu === undefined) continue;
    const ticks = fields[STEAL_FIELD];
    if (ticks === undefined) return unavailable('/proc/stat: no steal column');
    if (!/^\d+$/.test(ticks)) return unavailable(`/proc/stat: steal of CPU ${cpu} is "${ticks}"`);
    steal.set(Number(cpu), Number(ticks));
  }
  return steal.size > 0 ? available(steal) : unavailable('/proc/stat: no CPU rows');
}

/** The length of a tick of /proc/stat, and where it is known from. */
export interface TickLength {
  readonly tickNs: number;
  readonly source: string;
}

/** The tick of /proc/stat (USER_HZ; not the timer interrupt's HZ). */
export function tickLength(): TickLength {
  const libc = openLibc();
  const ticksPerSecond = libc.available ? libc.value.sysconf(SC_CLK_TCK) : -1;
  if (ticksPerSecond > 0) return { tickNs: 1e9 / ticksPerSecond, source: 'sysconf(_SC_CLK_TCK)' };
  const reason = libc.available ? 'sysconf refused' : libc.reason;
  return { tickNs: 1e7, source: `USER_HZ is 100 on x86 and Arm Linux (${reason})` };
}
