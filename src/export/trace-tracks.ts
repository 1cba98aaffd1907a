// Processes and threads of a trace: their numbers, names and order, and which thread takes a slice. Slices of a thread must
// nest, so that one which overlaps the slice before it goes to a further thread of the same name.
import type { MetadataEvent } from './trace-events.ts';

/** Overlaps are rare and small; a report in which everything overlaps must not make a thread of each slice. */
const MOST_LANES = 32;

/** A place for a slice. */
export interface Lane {
  readonly tid: number;
  /** How much earlier it begins than the slice ends that kept it from the first thread; 0 on the first. */
  readonly overlapNs: number;
}

/** The threads of one process of a trace. */
export class TraceTracks {
  readonly pid: number;
  readonly #metadata: MetadataEvent[] = [];
  #threads = 0;

  constructor(pid: number, name: string, labels: string) {
    this.pid = pid;
    this.#metadata.push(
      { ph: 'M', name: 'process_name', pid, tid: 0, args: { name } },
      { ph: 'M', name: 'process_labels', pid, tid: 0, args: { labels } },
      { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: pid } },
    );
  }

  /** The events that name all threads that were asked for. */
  get metadata(): readonly MetadataEvent[] {
    return this.#metadata;
  }

  /** A thread, and more of them where slices overlap. */
  track(name: string): TraceTrack {
    return new TraceTrack(() => this.#thread(name));
  }

  #thread(name: string): number {
    const { pid } = this;
    const tid = ++this.#threads;
    this.#metadata.push(
      { ph: 'M', name: 'thread_name', pid, tid, args: { name } },
      { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: tid } },
    );
    return tid;
  }
}

/** A thread with those beside it. */
export class TraceTrack {
  readonly #open: () => number;
  readonly #lanes: { readonly tid: number; endNs: number }[] = [];

  constructor(open: () => number) {
    this.#open = open;
  }

  /** The first thread that is free from `startNs` on; null where there are too many already. */
  place(startNs: number, endNs: number): Lane | null {
    const first = this.#lanes[0];
    const overlapNs = first === undefined ? 0 : Math.max(0, first.endNs - startNs);
    let lane = this.#lanes.find((one) => one.endNs <= startNs);
    if (lane === undefined) {
      if (this.#lanes.length === MOST_LANES) return null;
      lane = { tid: this.#open(), endNs };
      this.#lanes.push(lane);
    }
    lane.endNs = endNs;
    return { tid: lane.tid, overlapNs: lane === this.#lanes[0] ? 0 : overlapNs };
  }
}
