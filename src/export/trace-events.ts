// Events of the Trace Event Format, which Perfetto and Chrome open, and how nanoseconds become its microseconds. Knows nothing
// of reports.

/** What is told beside an event; unknown values are left out before. */
export type TraceArgs = Readonly<Record<string, unknown>>;

interface OnTrack {
  readonly pid: number;
  readonly tid: number;
}

/** A slice with its length. */
export interface SliceEvent extends OnTrack {
  readonly ph: 'X';
  readonly cat: string;
  readonly name: string;
  /** In µs, as all times of the format. */
  readonly ts: number;
  readonly dur: number;
  readonly args?: TraceArgs;
}

/** One end of an arrow: `s` where it starts, `f` where it ends, in the slice around it. */
export interface FlowEvent extends OnTrack {
  readonly ph: 's' | 'f';
  readonly cat: string;
  readonly name: string;
  readonly id: number;
  readonly ts: number;
  readonly bp?: 'e';
}

/** A value from here on. */
export interface CounterEvent {
  readonly ph: 'C';
  readonly name: string;
  readonly pid: number;
  readonly ts: number;
  readonly args: Readonly<Record<string, number>>;
}

/** Names and order of processes and threads. */
export interface MetadataEvent extends OnTrack {
  readonly ph: 'M';
  readonly name:
    | 'process_name'
    | 'process_labels'
    | 'process_sort_index'
    | 'thread_name'
    | 'thread_sort_index';
  readonly args: TraceArgs;
}

/** Any event. */
export type TraceEvent = SliceEvent | FlowEvent | CounterEvent | MetadataEvent;

/** A picosecond is the least that is told: three digits below the nanosecond. */
const STEPS_PER_NS = 1000;

/** Nanoseconds as microseconds, rounded to a picosecond where numbers have room for it. */
export function microseconds(ns: number): number {
  const steps = Math.round(ns * STEPS_PER_NS);
  return Number.isSafeInteger(steps) ? steps / (1000 * STEPS_PER_NS) : ns / 1000;
}

/** What is known of some values: nulls and what is no number are left out. */
export function knownArgs(values: Readonly<Record<string, unknown>>): TraceArgs {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== null && value !== undefined && (typeof value !== 'number' || Number.isFinite(value)),
    ),
  );
}
