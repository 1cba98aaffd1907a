// How much of the CPUs' time the hypervisor has taken since somebody began to look: a rough figure at a glance, by which
// is decided what to record. Bounds of a case come from case-steal.ts.
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';

/** Fewer may be the rounding of the counters, however short the look. */
const LEAST_TICKS = 3;

/** Where the look reads, and the time. */
export interface StolenShareSources {
  /** Any clock in ns. */
  readonly nowNs: () => number;
  /** The CPUs that count. Default: all. */
  readonly cpus?: readonly number[];
  readonly files?: SystemFiles;
}

/**
 * Begins to look at /proc/stat.
 *
 * @returns Tells the share (0 to 1) of the time since then that was stolen from the CPU which lost most. 0 also where
 *   nothing can be read: for decisions, not for reports.
 */
export function lookForSteal({ nowNs, cpus, files = systemFiles() }: StolenShareSources): () => number {
  const before = readCpuSteal(files);
  const startNs = nowNs();
  const { tickNs } = tickLength();
  return () => {
    const after = before.available ? readCpuSteal(files) : before;
    const elapsedNs = nowNs() - startNs;
    if (!before.available || !after.available || !(elapsedNs > 0)) return 0;
    const ticks = [...after.value]
      .filter(([cpu]) => before.value.has(cpu) && (cpus === undefined || cpus.includes(cpu)))
      .map(([cpu, now]) => now - (before.value.get(cpu) as number));
    const most = Math.max(0, ...ticks);
    return most < LEAST_TICKS ? 0 : Math.min(1, (most * tickNs) / elapsedNs);
  };
}
