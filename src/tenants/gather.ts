// The parent's side of a rendezvous: holds members until all are there, and lets them go at once. A member that is gone is not
// waited for, one that does not come is waited for until a limit, and whoever stops lets everybody go: it never waits for ever.
// Knows no process.

/** How the waiting ended. */
export interface Release {
  /** On the clock that was given. */
  readonly atNs: number;
  /** Members that were let go. */
  readonly met: readonly number[];
  /** Members that are neither gone nor there: they are not let in any more. */
  readonly late: readonly number[];
  /** Whether the user stopped, so that nobody is to blame for being late. */
  readonly isStopped: boolean;
}

/** A rendezvous under way. */
export interface Gathering {
  /** The member waits; `goOn` is called when all are let go, or not at all where they were before. */
  arrive(member: number, goOn: () => void): void;
  /** The member is gone, whether it was there or not. */
  leave(member: number): void;
  /** Resolves once, always. */
  readonly released: Promise<Release>;
}

/** What ends the waiting besides the last arrival. */
export interface GatheringLimits {
  readonly limitNs: number;
  readonly signal: AbortSignal;
  /** In ns. */
  readonly now: () => number;
}

/** Gathers the members 0 to `count` − 1. */
export function gather(count: number, { limitNs, signal, now }: GatheringLimits): Gathering {
  const waiting = new Map<number, () => void>();
  const gone = new Set<number>();
  let isOver = false;
  let resolve_: (release: Release) => void;
  const released = new Promise<Release>((resolve) => {
    resolve_ = resolve;
  });
  const release = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', release);
    const members = Array.from({ length: count }, (_, member) => member);
    const atNs = now();
    for (const goOn of waiting.values()) goOn();
    const met = members.filter((member) => waiting.has(member));
    const late = members.filter((member) => !waiting.has(member) && !gone.has(member));
    resolve_({ atNs, met, late, isStopped: signal.aborted });
  };
  const timer = setTimeout(release, limitNs / 1e6);
  signal.addEventListener('abort', release, { once: true });
  if (signal.aborted) release();
  const look = (): void => {
    if (waiting.size + gone.size === count) release();
  };
  return {
    arrive: (member, goOn) => {
      if (isOver || gone.has(member)) return;
      waiting.set(member, goOn);
      look();
    },
    leave: (member) => {
      if (isOver) return;
      waiting.delete(member);
      gone.add(member);
      look();
    },
    released,
  };
}
