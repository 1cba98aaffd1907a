// Switch records become times on and off the CPU, between instants that the caller names. Pure arithmetic;
// the records come from switch-ring.ts, what the times mean for steal and blocking is in off-cpu-rules.ts.
import type { DrainSwitches, SwitchRecord } from './switch-records.ts';

/**
 * Where the wall time of one thread went, in ns: onNs + offNs + unknownNs is the length of the span. Overwritten
 * in place.
 */
export interface OffCpu {
  /** From switch-in to switch-out. Contains steal: to the kernel the thread is on its CPU then. */
  onNs: number;
  /** From switch-out to switch-in: waiting for a CPU, throttled or blocked. */
  offNs: number;
  /** The part of `offNs` behind switches by which the thread lost its CPU; the rest is blocking or of unknown kind. */
  preemptedOffNs: number;
  /** The part of `offNs` behind switches by which it gave up its CPU; contains the wait for a CPU after the wake-up. */
  blockedOffNs: number;
  /** Before the first record of a thread whose state was not known, and where records were lost. */
  unknownNs: number;
  switchesOut: number;
  /** As many as the thread's timeslice count grew by, unless records are missing or belong to another span. */
  switchesIn: number;
  /** Switches out by which the thread gave up its CPU. */
  blocks: number;
  /** CLOCK_MONOTONIC of the last time that it was put on a CPU; 0 where it was not. */
  lastInNs: number;
}

/** A record with nothing in it yet. */
export function emptyOffCpu(): OffCpu {
  return {
    onNs: 0,
    offNs: 0,
    preemptedOffNs: 0,
    blockedOffNs: 0,
    unknownNs: 0,
    switchesOut: 0,
    switchesIn: 0,
    blocks: 0,
    lastInNs: 0,
  };
}

/** What a thread is known to do. `off`: off its CPU, without the record of why. */
export type ThreadState = 'on' | 'preempted' | 'blocked' | 'off' | 'unknown';

/** Adds up the records of ONE thread, in order of time, span after span. */
export interface OffCpuLedger {
  /** Takes a record into the span that is open. */
  add(record: SwitchRecord): void;
  /**
   * Ends the span at `atNs`, writes it to `into` and opens the next one there. What is drained from beyond
   * `atNs` goes into the next span, so that a snapshot may be taken first and its switches fetched after.
   *
   * @param atNs CLOCK_MONOTONIC, not before any record that was added.
   * @returns How many records were lost; the time around them is in `unknownNs`, or wrongly `on` or `off`.
   */
  endSpan(atNs: number, drain: DrainSwitches, into: OffCpu): number;
}

/**
 * Opens a ledger.
 *
 * @param startNs CLOCK_MONOTONIC: where the first span begins. Earlier records only set the state.
 * @param state What the thread does then. `on` for the calling thread; where it is unknown, the first record tells.
 */
export function openOffCpuLedger(startNs: number, state: ThreadState = 'unknown'): OffCpuLedger {
  const span = emptyOffCpu();
  let sinceNs = startNs;
  let now = state;
  const passTo = (atNs: number, was: ThreadState): void => {
    if (atNs <= sinceNs) return;
    spend(span, was, atNs - sinceNs);
    sinceNs = atNs;
  };
  const add = (record: SwitchRecord): void => {
    passTo(record.atNs, stateBefore(record, now));
    now = stateAfter(record);
    if (record.atNs >= startNs) count(span, record);
  };
  let endNs = Number.POSITIVE_INFINITY;
  let ended: OffCpu | undefined;
  const close = (atNs: number, into: OffCpu, was: ThreadState): void => {
    passTo(atNs, was);
    Object.assign(into, span);
    Object.assign(span, EMPTY);
    endNs = Number.POSITIVE_INFINITY;
    ended = undefined;
  };
  const addOrClose = (record: SwitchRecord): void => {
    if (ended !== undefined && record.atNs > endNs) close(endNs, ended, stateBefore(record, now));
    add(record);
  };
  return {
    add,
    endSpan: (atNs, drain, into) => {
      endNs = atNs;
      ended = into;
      const lost = drain(addOrClose);
      if (ended !== undefined) close(atNs, into, now);
      return lost;
    },
  };
}

const EMPTY: Readonly<OffCpu> = emptyOffCpu();

/** What the thread did up to a record. One that contradicts the record before it stands behind a hole. */
function stateBefore(record: SwitchRecord, now: ThreadState): ThreadState {
  if (record.out) return now === 'on' || now === 'unknown' ? 'on' : 'unknown';
  if (now === 'unknown') return 'off';
  return now === 'on' ? 'unknown' : now;
}

function stateAfter({ out, preempt }: SwitchRecord): ThreadState {
  if (!out) return 'on';
  return preempt ? 'preempted' : 'blocked';
}

function spend(span: OffCpu, state: ThreadState, durationNs: number): void {
  if (state === 'on') span.onNs += durationNs;
  else if (state === 'unknown') span.unknownNs += durationNs;
  else span.offNs += durationNs;
  if (state === 'preempted') span.preemptedOffNs += durationNs;
  if (state === 'blocked') span.blockedOffNs += durationNs;
}

function count(span: OffCpu, { out, preempt, atNs }: SwitchRecord): void {
  if (!out) {
    span.switchesIn++;
    span.lastInNs = atNs;
  } else {
    span.switchesOut++;
    if (!preempt) span.blocks++;
  }
}

/** What one thread of a process tree did while it was recorded. */
export interface ThreadOffCpu extends OffCpu {
  readonly threadId: number;
  readonly processId: number;
  /** CLOCK_MONOTONIC of the thread's first and last record. What it did before and behind is not in the sums. */
  readonly firstNs: number;
  lastNs: number;
  /** On a CPU at the last record. */
  running: boolean;
}

/** Adds up the records of any number of threads between the first and the last record of each. */
export interface TreeOffCpu {
  /** Takes a record; those of one thread must come in order of time (see ordered-switches.ts). */
  add(record: SwitchRecord): void;
  /** By thread id; an id that the system gave away again goes on in the same entry. */
  readonly threads: ReadonlyMap<number, ThreadOffCpu>;
}

/** Opens the ledgers of a process tree. */
export function openTreeOffCpu(): TreeOffCpu {
  const threads = new Map<number, ThreadOffCpu>();
  const states = new Map<number, ThreadState>();
  return {
    threads,
    add: (record) => {
      const { threadId, processId, atNs } = record;
      let thread = threads.get(threadId);
      if (thread === undefined) {
        thread = { ...emptyOffCpu(), threadId, processId, firstNs: atNs, lastNs: atNs, running: false };
        threads.set(threadId, thread);
      }
      const was = stateBefore(record, states.get(threadId) ?? 'unknown');
      spend(thread, was, Math.max(0, atNs - thread.lastNs));
      count(thread, record);
      thread.lastNs = Math.max(thread.lastNs, atNs);
      thread.running = !record.out;
      states.set(threadId, stateAfter(record));
    },
  };
}
