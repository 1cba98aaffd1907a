// A lower bound of a thread's steal without records of its switches: over looks between which it provably did not
// sleep, W − C − R is steal and nothing else. Used where the kernel forbids to record switches (containers).

/** A thread at one look. */
export interface LookAtThread {
  /** CLOCK_MONOTONIC_RAW. */
  readonly atNs: number;
  readonly cpuNs: number;
  readonly runQueueNs: number;
  readonly voluntarySwitches: number;
  /** It ran or waited for a CPU: it did not sleep at that instant. */
  readonly isRunnable: boolean;
}

/**
 * The CPU time of a thread that runs on another CPU is as old as that CPU's last timer tick, so a stretch that ends
 * with such a reading looks longer by up to a tick. HZ is 100 or more everywhere.
 */
const STALE_NS = 1e7;

/** Sums up the steal of the stretches in which a thread never slept. */
export class UnblockedWindows {
  #last: LookAtThread | undefined;
  #stretchNs = 0;
  #sumNs = 0;

  /** A further look at the running thread. */
  add(look: LookAtThread): void {
    if (!this.#extend(look)) this.#close(STALE_NS);
    this.#last = look;
  }

  /**
   * The thread's last figures, read when it had ended.
   *
   * @param noticeNs What may have passed between its end and the reading.
   */
  end(look: LookAtThread, noticeNs: number): void {
    // The switch by which a thread leaves for ever counts as voluntary.
    const atMost = (this.#last?.voluntarySwitches ?? 0) + 1;
    const sleptSince = look.voluntarySwitches > atMost;
    const last = { ...look, voluntarySwitches: sleptSince ? look.voluntarySwitches : atMost - 1 };
    this.#close(this.#extend(last) ? noticeNs : STALE_NS);
    this.#last = undefined;
  }

  /** Steal of the stretches that are over: no less than this was stolen from the thread. */
  get lowNs(): number {
    return this.#sumNs;
  }

  /** Adds the window up to `look` to the stretch, where the thread did not sleep in it. */
  #extend(look: LookAtThread): boolean {
    const last = this.#last;
    if (last === undefined || !last.isRunnable || last.voluntarySwitches !== look.voluntarySwitches) {
      return false;
    }
    this.#stretchNs +=
      look.atNs - last.atNs - (look.cpuNs - last.cpuNs) - (look.runQueueNs - last.runQueueNs);
    return true;
  }

  #close(allowanceNs: number): void {
    this.#sumNs += Math.max(0, this.#stretchNs - allowanceNs);
    this.#stretchNs = 0;
  }
}
