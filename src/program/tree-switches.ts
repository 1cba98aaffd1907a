// Time on a CPU, summed over all threads of a program from the records of their context switches; threads that are
// gone are in it. Arithmetic only: where the records come from is the business of who calls.
import type { SwitchRecord } from '../timing/switch-records.ts';

/** A thread and its process. */
export interface ThreadId {
  readonly processId: number;
  readonly threadId: number;
}

/** When the main thread was on a CPU. CLOCK_MONOTONIC. */
export interface LeaderOnCpu {
  readonly firstInNs: number;
  /** It ended; or the end of the span where it still runs. */
  readonly endNs: number;
  /** Time on a CPU between the two. */
  readonly onNs: number;
  /** How often it gave up its CPU, without its end. */
  readonly blocks: number;
  /** When the last thread of its process ended; null where none has. */
  readonly processEndNs: number | null;
}

/** What is known of a process from its threads' records. */
export interface ProcessSwitches {
  /** Switches by which its threads left a CPU, without those by which they ended. */
  outs: number;
  /** Threads that ended, besides the main one. */
  endedThreads: number;
}

/**
 * Takes records in any order. Time on a CPU is Σ(out − in), a sum that does not ask which came first: records of one
 * thread on several CPUs come out of several rings.
 */
export class TreeSwitches {
  readonly #baseNs: number;
  readonly #ownProcessId: number;
  readonly #alive = new Map<number, number>();
  /** When the last thread of an id ended; ids are given away again. */
  readonly #endedNs = new Map<number, number>();
  readonly #cpus = new Set<number>();
  readonly #newcomers: ThreadId[] = [];
  readonly #processes = new Map<number, ProcessSwitches>();
  readonly #total = { onNs: 0, running: 0, switches: 0, threads: 0 };
  readonly #leader = {
    id: 0,
    onNs: 0,
    running: 0,
    blocks: 0,
    firstInNs: Number.POSITIVE_INFINITY,
    endedNs: 0,
    processEndNs: 0,
  };

  /**
   * @param baseNs An instant near the records', to keep the sums small.
   * @param ownProcessId Records of this process are left out.
   */
  constructor(baseNs: number, ownProcessId: number) {
    this.#baseNs = baseNs;
    this.#ownProcessId = ownProcessId;
  }

  /** The main thread, once it is known. Records before may not be those of the main thread. */
  set leader(threadId: number) {
    this.#leader.id = threadId;
  }

  add(record: SwitchRecord): void {
    if (record.processId === this.#ownProcessId) return;
    const { threadId, atNs } = record;
    const sign = record.out ? 1 : -1;
    const shareNs = sign * (atNs - this.#baseNs);
    this.#meet(record);
    this.#total.onNs += shareNs;
    this.#total.running -= sign;
    this.#total.switches++;
    this.#count(record);
    if (record.ended === true && record.processId === this.#leader.id) {
      this.#leader.processEndNs = Math.max(this.#leader.processEndNs, atNs);
    }
    if (threadId !== this.#leader.id) return;
    this.#leader.onNs += shareNs;
    this.#leader.running -= sign;
    if (!record.out) this.#leader.firstInNs = Math.min(this.#leader.firstInNs, atNs);
    if (record.ended === true) this.#leader.endedNs = atNs;
    else if (record.out && !record.preempt) this.#leader.blocks++;
  }

  #count({ processId, threadId, out, ended }: SwitchRecord): void {
    const process = this.#processes.get(processId) ?? { outs: 0, endedThreads: 0 };
    if (ended !== true) process.outs += out ? 1 : 0;
    else if (threadId !== processId) process.endedThreads++;
    this.#processes.set(processId, process);
  }

  /** The processes of the program, by id. */
  get processes(): ReadonlyMap<number, Readonly<ProcessSwitches>> {
    return this.#processes;
  }

  #meet({ threadId, processId, cpu, atNs, ended }: SwitchRecord): void {
    this.#cpus.add(cpu);
    // A thread that moved is in several rings, and the one with its end may be read first.
    if (atNs <= (this.#endedNs.get(threadId) ?? Number.NEGATIVE_INFINITY)) return;
    if (!this.#alive.has(threadId)) {
      this.#total.threads++;
      this.#newcomers.push({ processId, threadId });
    }
    if (ended === true) {
      this.#alive.delete(threadId);
      this.#endedNs.set(threadId, atNs);
    } else this.#alive.set(threadId, processId);
  }

  /** Threads met since the last call; they may be gone already. */
  takeNewcomers(): readonly ThreadId[] {
    return this.#newcomers.splice(0);
  }

  /** CPUs on which any thread of the program ran, ascending. */
  get cpus(): readonly number[] {
    return [...this.#cpus].sort((a, b) => a - b);
  }

  get switches(): number {
    return this.#total.switches;
  }

  /** Threads met. */
  get threads(): number {
    return this.#total.threads;
  }

  /** Threads that have not ended. */
  get alive(): number {
    return this.#alive.size;
  }

  /** Time on a CPU of all threads until `endNs`. */
  onNs(endNs: number): number {
    return this.#total.onNs + this.#total.running * (endNs - this.#baseNs);
  }

  /** The main thread until `endNs`; undefined where it never came onto a CPU in the records. */
  leaderUntil(endNs: number): LeaderOnCpu | undefined {
    const { onNs, running, blocks, firstInNs, endedNs, processEndNs } = this.#leader;
    if (!Number.isFinite(firstInNs)) return undefined;
    const lastNs = endedNs === 0 ? endNs : endedNs;
    return {
      firstInNs,
      endNs: lastNs,
      onNs: onNs + running * (lastNs - this.#baseNs),
      blocks,
      processEndNs: processEndNs === 0 ? null : processEndNs,
    };
  }
}
