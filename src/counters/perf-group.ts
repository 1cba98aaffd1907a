// A group of events that are counted for this process (perf_event_open(2)): what all of them share, whoever counts. Being open
// makes every context switch of the process longer, so nothing is timed meanwhile unless somebody wants that.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type Libc, openLibc } from '../timing/libc.ts';
import { refusalReason } from '../timing/perf-call.ts';
import type { PerfEventId } from '../timing/perf-counter.ts';
import { threadIds } from '../timing/thread-ids.ts';
import type { CounterContext, CounterDescription, CounterSource, CounterUnit } from './counter.ts';
import { openProcessEvent, type ProcessEvent } from './process-event.ts';
import { countsSource, growingCounter } from './read-counts.ts';

/** An event as a row of a table. */
export interface PerfEventRow extends PerfEventId {
  /** Without the group. */
  readonly name: string;
  /** In linux/perf_event.h. */
  readonly constant: string;
  readonly unit: CounterUnit;
  readonly description: string;
}

/** What a group opens events with. */
export interface PerfAccess {
  readonly libc: Libc;
  readonly threadIds: readonly number[];
  readonly files: SystemFiles;
}

/** More threads cost more descriptors than a process may have by default. */
const MOST_THREADS = 64;

/** Why a run does not count them unless it is asked to. */
export const PERF_DISTURBS = 'an open event makes every context switch of this process longer';

/** What is needed to open events, or why none may be opened here and now. */
export function openPerfAccess({ machine }: CounterContext): Available<PerfAccess> {
  if (!machine.live) return unavailable('events are counted on a running machine, not in a recording');
  const libc = openLibc();
  if (!libc.available) return libc;
  const threads = threadIds(machine.files);
  if (threads.available && threads.value.length > MOST_THREADS) {
    return unavailable(`this process has ${threads.value.length} threads; ${MOST_THREADS} can be followed`);
  }
  return mapAvailable(threads, (ids) => ({ libc: libc.value, threadIds: ids, files: machine.files }));
}

/** An event that was opened, or why not. */
export interface OpenedRow {
  readonly row: PerfEventRow;
  readonly event: ProcessEvent | Refusal;
}

/** The name of the error where the kernel refused (`ENOENT`), and the reason in words. */
export interface Refusal {
  readonly error: string;
  readonly reason: string;
}

/** Opens one event for the whole process. */
export function openRow({ libc, threadIds: threads, files }: PerfAccess, row: PerfEventRow): OpenedRow {
  const event = openProcessEvent(libc, row, threads);
  return { row, event: typeof event === 'string' ? refusal(event, files) : event };
}

/** A refusal of the kernel in words. */
export function refusal(error: string, files: SystemFiles): Refusal {
  const paranoid = files.read('/proc/sys/kernel/perf_event_paranoid');
  return { error, reason: refusalReason(error, paranoid, 'count this event') };
}

/** Whether it counts. */
export function isOpen(event: OpenedRow['event']): event is ProcessEvent {
  return 'read' in event;
}

/** The source of a group's events; those that were refused say why at each reading. */
export function perfSource(group: string, rows: readonly OpenedRow[], threads: number): CounterSource {
  const nameOf = (row: PerfEventRow): string => `${group}:${row.name}`;
  const reasons = new Map<string, string>();
  for (const { row, event } of rows) if (!isOpen(event)) reasons.set(nameOf(row), event.reason);
  const source = countsSource({
    counters: rows.map(({ row, event }) => describeRow(nameOf(row), row, event, threads)),
    look: () => {
      const counts = new Map<string, number>();
      for (const { row, event } of rows) {
        const count = isOpen(event) ? event.read() : undefined;
        if (count?.available === true) counts.set(nameOf(row), count.value);
        else if (count !== undefined) reasons.set(nameOf(row), count.reason);
      }
      return available(counts);
    },
    missing: (name) => reasons.get(name) as string,
  });
  return { ...source, [Symbol.dispose]: () => disposeRows(rows) };
}

/** Closes what is open. */
export function disposeRows(rows: readonly OpenedRow[]): void {
  for (const { event } of rows) if (isOpen(event)) event[Symbol.dispose]();
}

function describeRow(
  name: string,
  { constant, unit, description }: PerfEventRow,
  event: OpenedRow['event'],
  threads: number,
): CounterDescription {
  const whose = `${threads} threads of this process and those that they start`;
  // The kernel's clocks run in its own mode too, whatever was asked for.
  const isUserOnly = isOpen(event) && event.userOnly && unit !== 'ns';
  const mode = isUserOnly ? ', in user mode only' : '';
  return growingCounter({
    name,
    unit,
    description,
    source: `perf_event_open: ${constant}, of ${whose}${mode}`,
  });
}
