// The contract of everything that can be read as a clock or a counter of time: what it is called, whose time it
// counts, and one way to read it. What it costs and how finely it moves is measured, the same way for all, in
// measure-source.ts. Knows no source; they are one line each in clock-sources.ts.
import type { Available } from '../base/availability.ts';

/** Whose time a source counts. */
export type SourceScope = 'thread' | 'process' | 'CPU' | 'cgroup' | 'machine';

/** A source of time, before anything is known of this machine. */
export interface ClockSource {
  readonly name: string;
  readonly scope: SourceScope;
  /** What its numbers count, in a few words. */
  readonly counts: string;
  /** Opens it on the calling thread, or says why it cannot be had. */
  open(): Available<OpenedSource>;
}

/** A source that can be read, on the thread that opened it. */
export interface OpenedSource {
  /** One reading in ns. Where it tells no time, any number. */
  read(): number;
  /** The finest step that the system or the format promises, or why none is promised. */
  readonly statedResolutionNs: Available<number>;
  /**
   * Makes what one `read()` will then take out, and gives how much that is; its own time is not counted. For
   * queues, whose cost is that of one entry.
   */
  prepare?(): number;
  /** Why readings of it have no steps, such as an instruction that tells no time. */
  readonly noSteps?: string;
  close?(): void;
}

/** What one reading costs, over batches of readings, in ns. Plain data. */
export interface SourceCost {
  readonly minNs: number;
  readonly medianNs: number;
  readonly p99Ns: number;
  readonly batches: number;
  /** Each batch's cost is its duration divided by this; the median where batches differ. */
  readonly readingsPerBatch: number;
}

/** What was measured of a source. Plain data. */
export interface SourceFigures {
  readonly cost: SourceCost;
  /** The smallest positive step between readings that follow each other; never less than what a reading takes. */
  readonly smallestStepNs: Available<number>;
  readonly statedResolutionNs: Available<number>;
  /** Readings that were smaller than the one before. */
  readonly ranBackwards: number;
  /** Readings that were compared with the one before. */
  readonly comparisons: number;
}

/** A source as a report records it. Plain data. */
export interface ClockSourceRecord {
  readonly name: string;
  readonly scope: SourceScope;
  readonly counts: string;
  /** Its figures, or why this machine does not have it. */
  readonly measured: Available<SourceFigures>;
}
