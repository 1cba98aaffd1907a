// Finds out by watching whether run time excludes steal: computes on one CPU until enough of it was stolen, and
// lets accounting-rule.ts judge. For machines whose kernel configuration cannot be read.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type AccountingObservation, judgeAccounting } from './accounting-rule.ts';
import type { SnapshotClock, ThreadSnapshot } from './clock.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';
import type { Fact } from './fact.ts';
import { openSnapshotClock } from './open-snapshot-clock.ts';
import { currentCpu, pinThread } from './pinning.ts';
import { spinNs } from './spin.ts';
import { allowedCpus } from './thread-cpus.ts';

/** How long to watch. */
export interface ObserveOptions {
  /** Gives up after so much time. Default 1 s. */
  readonly limitNs?: number;
  readonly files?: SystemFiles;
}

const LIMIT_NS = 1e9;

/**
 * Watches this machine: binds the calling thread to its CPU for the time, and computes until the rule decides or the
 * limit is over. It needs 50 ms of steal, so one second decides where 5 % or more is stolen.
 */
export function observeAccounting({
  limitNs = LIMIT_NS,
  files = systemFiles(),
}: ObserveOptions = {}): Fact<boolean> {
  const allowed = allowedCpus(files);
  if (!allowed.available) return allowed;
  const [only, ...others] = allowed.value;
  // A thread that has one CPU only needs no native call.
  if (only !== undefined && others.length === 0) return watchCpu(only, files, limitNs);
  const cpu = currentCpu();
  if (!cpu.available) return cpu;
  const pin = pinThread(cpu.value, files);
  if (!pin.available) return pin;
  using _bound = pin.value;
  return watchCpu(cpu.value, files, limitNs);
}

function watchCpu(cpu: number, files: SystemFiles, limitNs: number): Fact<boolean> {
  using clock = openSnapshotClock().clock;
  return watchAccounting({ clock, stolenNs: () => stealOf(cpu, files), spin: spinNs }, limitNs);
}

function stealOf(cpu: number, files: SystemFiles): Available<number> {
  const steal = readCpuSteal(files);
  if (!steal.available) return steal;
  const ticks = steal.value.get(cpu);
  if (ticks === undefined) return unavailable(`/proc/stat: no row of CPU ${cpu}`);
  return available(ticks * tickLength().tickNs);
}

/** What to watch. */
export interface AccountingWatch {
  readonly clock: SnapshotClock;
  /** Steal of the CPU since boot, in ns. */
  readonly stolenNs: () => Available<number>;
  /** Computes for so long without blocking. */
  readonly spin: (durationNs: number) => void;
}

const LOOK_NS = 50e6;

/**
 * Watches until the rule decides or `limitNs` of wall time is over. The looks follow each other without a gap, and both
 * sources are read at their ends: on a slow machine reading alone takes longer than a tick, and is robbed too.
 */
export function watchAccounting(watch: AccountingWatch, limitNs: number): Fact<boolean> {
  const { clock, stolenNs, spin } = watch;
  if (!clock.runQueue.available) return clock.runQueue;
  let from = clock.newSnapshot();
  let to = clock.newSnapshot();
  const spent = { countedNs: 0, chargedNs: 0, wallNs: 0, cpuNs: 0 };
  clock.take(from);
  const startNs = from.wallNs;
  let stolen = stolenNs();
  for (;;) {
    spin(LOOK_NS);
    clock.take(to);
    const before = stolen;
    stolen = stolenNs();
    if (!before.available) return before;
    if (!stolen.available) return stolen;
    // A look in which the thread blocked tells nothing.
    if (to.voluntarySwitches === from.voluntarySwitches)
      addLook(spent, from, to, stolen.value - before.value);
    const judged = judgeAccounting(spent);
    if (judged.available || to.wallNs - startNs >= limitNs) return judged;
    [from, to] = [to, from];
  }
}

function addLook(
  spent: { -readonly [K in keyof AccountingObservation]: number },
  from: ThreadSnapshot,
  to: ThreadSnapshot,
  countedNs: number,
): void {
  const wallNs = to.wallNs - from.wallNs;
  const cpuNs = to.cpuNs - from.cpuNs;
  spent.countedNs += Math.max(0, countedNs);
  spent.wallNs += wallNs;
  spent.cpuNs += cpuNs;
  spent.chargedNs += wallNs - cpuNs - (to.runQueueNs - from.runQueueNs);
}
