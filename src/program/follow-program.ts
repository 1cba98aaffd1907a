// Follows the threads of one running program: looks at them now and then, takes the records of their switches out of
// the rings where there are any, and in the end says what they add up to. The costs of looking are counted.
import { type Available, available } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { TreeSwitchRings } from '../timing/switch-ring.ts';
import { canSeeChildren, findThreads } from './find-threads.ts';
import { nextPauseNs } from './poll-pace.ts';
import { readVoluntarySwitches } from './thread-account.ts';
import { type ThreadSums, ThreadTable } from './thread-table.ts';
import { type LeaderOnCpu, TreeSwitches } from './tree-switches.ts';

/** Clocks of the following thread, in ns. */
export interface FollowClocks {
  /** CLOCK_MONOTONIC, absolute: the clock of the records. */
  readonly monotonicNs: () => number;
  readonly rawNs: () => number;
  readonly threadCpuNs: () => number;
}

/** What a follower needs of the machine. */
export interface FollowContext {
  /** Rings that were open when the program was started; null where the kernel forbids them. */
  readonly rings: TreeSwitchRings | null;
  readonly files: SystemFiles;
  readonly clocks: FollowClocks;
  /** The program has no CPU but the one on which it is followed. */
  readonly sharesCpu: boolean;
}

/** The end of the span by both clocks. */
export interface Instant {
  readonly monotonicNs: number;
  readonly rawNs: number;
}

/** What the switches add up to. */
export interface SwitchSums {
  /** CLOCK_MONOTONIC, as all of these. */
  readonly onNs: number;
  readonly leader: LeaderOnCpu | undefined;
  readonly threads: number;
  readonly alive: number;
  readonly cpus: readonly number[];
  /** Records that the kernel had to drop. */
  readonly lost: number;
  /**
   * How many switches wait4(2) tells at least where all processes that are gone were waited for; their CPU time is then
   * in what it tells, too. Null where a thread's CPU time is in no account: it ended, and its process goes on.
   */
  readonly switchesWaitedFor: number | null;
}

/** What following a program to its end gave. */
export interface FollowedProgram {
  readonly sums: ThreadSums;
  readonly leader: {
    readonly cpuNs: number;
    readonly runQueueNs: number;
    /** The part of `runQueueNs` until the first look, and since the last look at the running program. */
    readonly startRunQueueNs: number;
    readonly endRunQueueNs: number;
    /** How often it gave up its CPU, its end included; NaN where that cannot be read. */
    readonly voluntarySwitches: number;
    /** Steal of its stretches without sleep, where switches are not recorded. */
    readonly unblockedStealNs: number;
  } | null;
  readonly switches: SwitchSums | null;
  /** Whether descendants could be found. */
  readonly descendants: Available<true>;
  readonly looks: number;
}

/** A program that runs. */
export interface ProgramFollower extends Disposable {
  /** Looks at all threads. Returns the pause in ns before it should be called again. */
  look(): number;
  /** Call when the program has ended and before it is reaped. */
  finish(end: Instant, noticeNs: number): FollowedProgram;
}

/** Begins to follow a program. */
export function followProgram(
  pid: number,
  start: Instant,
  { rings, files, clocks, sharesCpu }: FollowContext,
): ProgramFollower {
  const table = new ThreadTable(pid, start.rawNs, rings === null);
  const switches = new TreeSwitches(start.monotonicNs, process.pid);
  switches.leader = pid;
  const main = { processId: pid, threadId: pid };
  const last = { pauseNs: 0, costNs: 0, switches: 0, elapsedNs: 0, sharesCpu };
  const waited = { atFirstLookNs: 0, atLastLookNs: 0 };
  let [looks, lost, lastCpuNs] = [0, 0, clocks.threadCpuNs()];
  const lookAt = (atNs: number): void => {
    const before = switches.switches;
    if (rings !== null) lost += rings.drain((record) => switches.add(record));
    last.switches = switches.switches - before;
    const found = rings === null ? findThreads(files, pid) : switches.takeNewcomers();
    table.look(looks === 0 ? [main, ...found] : found, atNs);
    looks++;
  };
  const noteWaiting = (): void => {
    waited.atLastLookNs = table.leader?.schedstat.runQueueNs ?? 0;
    if (looks === 1) waited.atFirstLookNs = waited.atLastLookNs;
  };
  return {
    look() {
      const atNs = clocks.rawNs();
      lookAt(atNs);
      last.elapsedNs = atNs - start.rawNs;
      noteWaiting();
      const cpuNs = clocks.threadCpuNs();
      // From look to look: going to sleep and waking up cost more than looking.
      last.costNs = cpuNs - lastCpuNs;
      lastCpuNs = cpuNs;
      last.pauseNs = nextPauseNs(last);
      return last.pauseNs;
    },
    finish(end, noticeNs) {
      lookAt(end.rawNs);
      const unblockedStealNs = table.endLeader(end.rawNs, noticeNs);
      const account = table.leader?.schedstat;
      const voluntarySwitches = readVoluntarySwitches(files, main);
      const startRunQueueNs = waited.atFirstLookNs;
      const endRunQueueNs = (account?.runQueueNs ?? 0) - waited.atLastLookNs;
      const more = { startRunQueueNs, endRunQueueNs, voluntarySwitches, unblockedStealNs };
      return {
        sums: table.sums(),
        leader: account === undefined ? null : { ...account, ...more },
        switches: rings === null ? null : switchSums(switches, end, lost, table.aliveProcesses()),
        descendants: rings === null ? canSeeChildren(files) : available(true),
        looks,
      };
    },
    [Symbol.dispose]: () => table[Symbol.dispose](),
  };
}

function switchSums(
  switches: TreeSwitches,
  { monotonicNs }: Instant,
  lost: number,
  alive: ReadonlySet<number>,
): SwitchSums {
  return {
    onNs: switches.onNs(monotonicNs),
    leader: switches.leaderUntil(monotonicNs),
    threads: switches.threads,
    alive: switches.alive,
    cpus: switches.cpus,
    lost,
    switchesWaitedFor: switchesWaitedFor(switches, alive),
  };
}

/** The last switch of a process has no record; those of its other threads are not in the kernel's sum either. */
function switchesWaitedFor({ processes }: TreeSwitches, alive: ReadonlySet<number>): number | null {
  let sum = 0;
  for (const [processId, { outs, endedThreads }] of processes) {
    if (!alive.has(processId)) sum += outs + 1;
    else if (endedThreads > 0) return null;
  }
  return sum;
}
