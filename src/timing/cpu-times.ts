// What every CPU did since boot, in ticks, from /proc/stat: for choosing a quiet CPU, and for knowing that one
// was never idle. Steal as a bound of a measurement is cpu-steal.ts, which is stricter with broken rows.
import { type Available, available, unavailable } from '../base/availability.ts';

/** Ticks of one CPU since boot. */
export interface CpuTimes {
  /** Running tasks, interrupts included; the time of guests of this machine is in it already. */
  readonly busyTicks: number;
  /** Nothing to run, waiting for a disk included. */
  readonly idleTicks: number;
  /** Taken by the hypervisor. 0 where the kernel does not count it. */
  readonly stealTicks: number;
}

/** Parses `cpu3 user nice system idle iowait irq softirq steal …`, by CPU id: offline CPUs have no row. */
export function parseCpuTimes(text: string): Available<ReadonlyMap<number, CpuTimes>> {
  const times = new Map<number, CpuTimes>();
  for (const line of text.split('\n')) {
    const [name = '', ...fields] = line.trim().split(/\s+/);
    const cpu = /^cpu(\d+)$/.exec(name)?.[1];
    if (cpu === undefined) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
      fields.map(Number);
    times.set(Number(cpu), {
      busyTicks: user + nice + system + irq + softirq,
      idleTicks: idle + iowait,
      stealTicks: steal,
    });
  }
  return times.size > 0 ? available(times) : unavailable('/proc/stat: no CPU rows');
}
