// Finds out by watching whether run time excludes steal: computes on one CPU until enough of it was stolen, and
// lets accounting-rule.ts judge. For machines whose kernel configuration cannot be read.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type AccountingObservation, judgeAccounting } from './accounting-rule.ts';
import type { SnapshotClock, ThreadSnapshot } from './clock.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';
import type { Fact } from './fact.ts';
import { openSnapshotClock } from './open-snapshot-clock.ts';
import { currentCpu, pinThread } from './pinning.ts';
import { spinNs } from './spin.ts';

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
  const cpu = currentCpu();
  if (!cpu.available) return cpu;
  const pin = pinThread(cpu.value, files);
  if (!pin.available) return pin;
  using _bound = pin.value;
  using clock = openSnapshotClock().clock;
  return watchAccounting({ clock, stolenNs: () => stealOf(cpu.value, files), spin: spinNs }, limitNs);
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

const WINDOW_NS = 5e6;
const WINDOWS_PER_LOOK = 10;

/** Watches until the rule decides or `limitNs` of wall time is over. */
export function watchAccounting(watch: AccountingWatch, limitNs: number): Fact<boolean> {
  const { clock, stolenNs } = watch;
  if (!clock.runQueue.available) return clock.runQueue;
  const startNs = stolenNs();
  if (!startNs.available) return startNs;
  const spent = { chargedNs: 0, wallNs: 0, cpuNs: 0, blockedNs: 0 };
  for (;;) {
    for (let i = 0; i < WINDOWS_PER_LOOK; i++) addWindow(watch, spent);
    const counted = mapAvailable(stolenNs(), (nowNs) => Math.max(0, nowNs - startNs.value));
    if (!counted.available) return counted;
    const judged = judgeAccounting({ ...spent, countedNs: counted.value });
    if (judged.available || spent.wallNs + spent.blockedNs >= limitNs) return judged;
  }
}

/** A window in which the thread blocked tells nothing, but its time has passed. */
function addWindow(
  { clock, spin }: AccountingWatch,
  spent: { -readonly [K in Exclude<keyof AccountingObservation, 'countedNs'>]: number } & {
    blockedNs: number;
  },
): void {
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  clock.take(from);
  spin(WINDOW_NS);
  clock.take(to);
  const delta = (name: keyof ThreadSnapshot): number => to[name] - from[name];
  if (delta('voluntarySwitches') > 0) {
    spent.blockedNs += delta('wallNs');
    return;
  }
  spent.wallNs += delta('wallNs');
  spent.cpuNs += delta('cpuNs');
  spent.chargedNs += delta('wallNs') - delta('cpuNs') - delta('runQueueNs');
}
