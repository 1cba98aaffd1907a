/** What the layer saw, in all processes that it struck. */
export interface FaultCounts {
  /** How often a rule struck. */
  readonly faults: number;
  readonly allocatedBytes: number;
  readonly freedBytes: number;
  /** By command. */
  readonly calls: Readonly<Record<string, number>>;
  /** By type of object, such as `VkBuffer`; objects from pools are not counted. */
  readonly objects: Readonly<Record<string, { readonly made: number; readonly gone: number }>>;
}

/** One bit that was flipped, after a submission. */
export interface FaultFlip {
  readonly pid: number;
  /** The allocation that was hit, counted from 1 in its process. */
  readonly allocation: number;
  /** Size of the allocation, and the byte that was hit. */
  readonly bytes: number;
  readonly byte: number;
  /** Fences made since the last allocation: guestmark makes one for everything that it submits. */
  readonly fence: number;
  /** Submissions since the last of them. */
  readonly submission: number;
}

/** One plan of faults, and what came of it. */
export interface FaultStrike {
  /** For the environment of the processes that are to be struck. */
  readonly environment: Readonly<Record<string, string>>;
  readonly counts: () => FaultCounts;
  /** In the order in which they happened. */
  readonly flips: () => readonly FaultFlip[];
}

/** The built layer. */
export interface FaultLayer extends Disposable {
  /** The commands that can be struck. */
  readonly commands: readonly string[];
  /**
   * A plan with counters of its own.
   *
   * @param plan Rules divided by `;`, as fault-layer.c describes them; none counts only.
   */
  readonly strike: (plan: string) => FaultStrike;
}

export function hasCompiler(): boolean;

/** @throws Error where the compiler refuses. */
export function buildFaultLayer(): FaultLayer;
