// Ends what is silent for too long. A process that hangs in native code cannot do that itself.

/** A running watchdog. Disposing stops it. */
export interface Watchdog extends Disposable {
  /** Starts the time anew: there was a sign of life. */
  feed(): void;
  /** Grants only so much from now on, signs of life or not. */
  shorten(limitNs: number): void;
  /** Whether it had to bite. */
  bitten(): boolean;
}

/** Calls `bite` once when nothing feeds it for `limitNs`. */
export function startWatchdog(limitNs: number, bite: () => void): Watchdog {
  let bitten = false;
  let final = false;
  const start = (ns: number): NodeJS.Timeout =>
    setTimeout(() => {
      bitten = true;
      bite();
    }, ns / 1e6);
  let timer = start(limitNs);
  const restart = (ns: number): void => {
    clearTimeout(timer);
    timer = start(ns);
  };
  return {
    feed: () => {
      if (!final) restart(limitNs);
    },
    shorten: (ns) => {
      final = true;
      restart(ns);
    },
    bitten: () => bitten,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
