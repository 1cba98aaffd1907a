// Ends what takes too long. A process that hangs in native code cannot do that itself.

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

/** Calls `bite` once when it is not restarted for `limitNs`. */
export function startWatchdog(limitNs: number, bite: () => void): Watchdog {
  let bitten = false;
  let final = false;
  const start = (ns: number): NodeJS.Timeout =>
    setTimeout(
      () => {
        bitten = true;
        bite();
      },
      Math.min(ns / 1e6, LONGEST_DELAY_MS),
    );
  let timer = start(limitNs);
  const restart = (ns: number): void => {
    clearTimeout(timer);
    timer = start(ns);
  };
  return {
    restart: (ns) => {
      if (!final) restart(ns);
    },
    shorten: (ns) => {
      final = true;
      restart(ns);
    },
    bitten: () => bitten,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
