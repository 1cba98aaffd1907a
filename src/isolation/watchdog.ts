// Ends what takes too long. A process that hangs in native code cannot do that itself. Bites nobody for time in which this
// process did not run: whoever was stopped with it had none either, and what was said meanwhile is still unread.

/** A running watchdog. Disposing stops it. */
export interface Watchdog extends Disposable {
  /** Grants `limitNs` from now on, instead of what is left. */
  restart(limitNs: number): void;
  /** Grants only so much from now on, and nothing restarts it any more. */
  shorten(limitNs: number): void;
  /** Whether it had to bite. */
  bitten(): boolean;
}

/** The longest delay that setTimeout knows; it fires at once for a longer one. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** A timer that is so late was not late by chance: this process was stopped (Ctrl-Z, SIGSTOP), or busy with a large report. */
const LATE_MS = 250;
/** On a machine so busy that every timer is late, what hangs must end at last. */
const MOST_GRANTS = 3;

/** Calls `bite` once when it is not restarted for `limitNs`. */
export function startWatchdog(limitNs: number, bite: () => void): Watchdog {
  let [bitten, final] = [false, false];
  let grants = 0;
  let timer: NodeJS.Timeout | undefined;
  let look: NodeJS.Immediate | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    clearImmediate(look);
  };
  const start = (ns: number): void => {
    stop();
    const delayMs = Math.min(ns / 1e6, LONGEST_DELAY_MS);
    const dueMs = performance.now() + delayMs;
    timer = setTimeout(() => {
      if (performance.now() - dueMs > LATE_MS && grants++ < MOST_GRANTS) start(ns);
      // Behind the messages that have come already, one of which may restart it.
      else look = setImmediate(end);
    }, delayMs);
  };
  const end = (): void => {
    bitten = true;
    bite();
  };
  start(limitNs);
  return {
    restart: (ns) => {
      grants = 0;
      if (!final && !bitten) start(ns);
    },
    shorten: (ns) => {
      final = true;
      if (!bitten) start(ns);
    },
    bitten: () => bitten,
    [Symbol.dispose]: stop,
  };
}
