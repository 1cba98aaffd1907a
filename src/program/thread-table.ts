// All threads of a program that were ever seen, with their last figures. Adds up CPU time and run-queue wait, and
// knows what it may have missed: a thread that ends between two looks takes its last stretch with it.
import { openThreadAccount, type ThreadAccount } from './thread-account.ts';
import type { ThreadId } from './tree-switches.ts';
import { type LookAtThread, UnblockedWindows } from './unblocked-windows.ts';

interface Entry {
  readonly account: ThreadAccount;
  readonly windows: UnblockedWindows;
  lastAtNs: number;
}

/** What the threads that were seen add up to. */
export interface ThreadSums {
  /** CPU time of threads that have not ended (the main thread does not count as such). */
  readonly aliveCpuNs: number;
  readonly alive: number;
  readonly runQueueNs: number;
  /** Threads whose figures were read at least once. */
  readonly seen: number;
  /** Threads that ended with a stretch, or all of their life, between two looks. */
  readonly lost: number;
  /** The most CPU time of any thread. */
  readonly busiestCpuNs: number;
  /** The most that the lost stretches can hold: their lengths. */
  readonly lostNs: number;
  /** Steal of stretches without sleep, of all threads but the main one; see {@link UnblockedWindows}. */
  readonly unblockedStealNs: number;
}

/** The threads of one program. */
export class ThreadTable implements Disposable {
  readonly #entries = new Map<number, Entry>();
  readonly #leaderId: number;
  readonly #watchesSleep: boolean;
  readonly #finished = { runQueueNs: 0, seen: 0, lost: 0, lostNs: 0, unblockedStealNs: 0, busiestCpuNs: 0 };
  #lastLookNs: number;

  /** @param watchesSleep Collect steal of stretches without sleep: where no record of switches does it better. */
  constructor(leaderId: number, startNs: number, watchesSleep: boolean) {
    this.#leaderId = leaderId;
    this.#watchesSleep = watchesSleep;
    this.#lastLookNs = startNs;
  }

  /** Looks at these threads, besides those that are known, at an instant of CLOCK_MONOTONIC_RAW. */
  look(threads: readonly ThreadId[], atNs: number): void {
    for (const id of threads) if (!this.#entries.has(id.threadId)) this.#open(id, atNs);
    for (const entry of this.#entries.values()) {
      if (entry.account.read()) {
        entry.lastAtNs = atNs;
        if (this.#watchesSleep) entry.windows.add(lookOf(entry.account, atNs));
      } else if (entry.account.threadId !== this.#leaderId) this.#finish(entry, atNs);
    }
    this.#lastLookNs = atNs;
  }

  /** The main thread's account; undefined where it may not be read. */
  get leader(): ThreadAccount | undefined {
    return this.#entries.get(this.#leaderId)?.account;
  }

  /** Ends the main thread's stretches, behind its last look, and gives its steal without sleep. */
  endLeader(atNs: number, noticeNs: number): number {
    const entry = this.#entries.get(this.#leaderId);
    if (entry === undefined) return 0;
    entry.account.read();
    entry.windows.end(lookOf(entry.account, atNs), noticeNs);
    return entry.windows.lowNs;
  }

  /** The processes, besides the program itself, of which a thread can still be read. */
  aliveProcesses(): ReadonlySet<number> {
    const ids = [...this.#entries.values()].map(({ account }) => account.processId);
    return new Set(ids.filter((id) => id !== this.#leaderId));
  }

  sums(): ThreadSums {
    const alive = [...this.#entries.values()].filter(({ account }) => account.threadId !== this.#leaderId);
    const { runQueueNs, seen, unblockedStealNs, busiestCpuNs, ...finished } = this.#finished;
    const add = (value: (entry: Entry) => number): number => alive.reduce((sum, one) => sum + value(one), 0);
    return {
      ...finished,
      aliveCpuNs: add(({ account }) => account.schedstat.cpuNs),
      alive: alive.length,
      runQueueNs:
        runQueueNs +
        add(({ account }) => account.schedstat.runQueueNs) +
        (this.leader?.schedstat.runQueueNs ?? 0),
      seen: seen + this.#entries.size,
      busiestCpuNs: [...this.#entries.values()].reduce(
        (most, { account }) => Math.max(most, account.schedstat.cpuNs),
        busiestCpuNs,
      ),
      unblockedStealNs: unblockedStealNs + add(({ windows }) => windows.lowNs),
    };
  }

  [Symbol.dispose](): void {
    for (const { account } of this.#entries.values()) account[Symbol.dispose]();
    this.#entries.clear();
  }

  #open(id: ThreadId, atNs: number): void {
    const account = openThreadAccount(id, this.#watchesSleep);
    if (account === null) {
      this.#finished.lost++;
      this.#finished.lostNs += atNs - this.#lastLookNs;
      return;
    }
    const entry = { account, windows: new UnblockedWindows(), lastAtNs: this.#lastLookNs };
    this.#entries.set(id.threadId, entry);
  }

  #finish(entry: Entry, atNs: number): void {
    const sums = this.#finished;
    sums.runQueueNs += entry.account.schedstat.runQueueNs;
    sums.unblockedStealNs += entry.windows.lowNs;
    sums.busiestCpuNs = Math.max(sums.busiestCpuNs, entry.account.schedstat.cpuNs);
    sums.seen++;
    sums.lost++;
    sums.lostNs += atNs - entry.lastAtNs;
    this.#entries.delete(entry.account.threadId);
    entry.account[Symbol.dispose]();
  }
}

function lookOf({ schedstat, state }: ThreadAccount, atNs: number): LookAtThread {
  return { atNs, cpuNs: schedstat.cpuNs, runQueueNs: schedstat.runQueueNs, ...state };
}
