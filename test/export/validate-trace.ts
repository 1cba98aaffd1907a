// What a viewer of the Trace Event Format needs of a file, by the format's documentation and by what Perfetto's importer does
// with it: fields, nesting of slices, arrows with both ends inside of slices, numbers in counters, names for all tracks.
interface AnyEvent {
  readonly ph?: unknown;
  readonly name?: unknown;
  readonly cat?: unknown;
  readonly pid?: unknown;
  readonly tid?: unknown;
  readonly ts?: unknown;
  readonly dur?: unknown;
  readonly id?: unknown;
  readonly bp?: unknown;
  readonly args?: unknown;
}

/** An event that has the fields of its phase. */
export interface CheckedEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A whole file. */
export interface TraceFile {
  readonly displayTimeUnit: string;
  readonly traceEvents: readonly AnyEvent[];
  readonly otherData: { readonly tool: string; readonly reports: readonly Record<string, unknown>[] };
}

const PHASES: readonly unknown[] = ['X', 'B', 'E', 'i', 'C', 's', 't', 'f', 'M'];

/** Two roundings to a picosecond, or, where hours leave no room for those, of the numbers themselves; in µs. */
const toleranceUs = (ts: number): number => Math.max(2e-6, 4 * ts * Number.EPSILON);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that is wrong, in words; nothing in a file that can be opened. */
export function traceProblems(text: string): readonly string[] {
  const file = JSON.parse(text) as Partial<TraceFile>;
  if (!Array.isArray(file.traceEvents)) return ['traceEvents is no array'];
  const events = file.traceEvents as readonly AnyEvent[];
  const unfit = events.flatMap((event, i) => fieldProblems(event).map((problem) => `event ${i}: ${problem}`));
  const unit = file.displayTimeUnit === 'ns' || file.displayTimeUnit === 'ms' ? [] : ['displayTimeUnit'];
  if (unfit.length > 0) return [...unit, ...unfit];
  const checked = events as unknown as readonly (CheckedEvent & AnyEvent)[];
  return [
    ...unit,
    ...nestingProblems(checked),
    ...pairProblems(checked),
    ...flowProblems(checked),
    ...nameProblems(checked),
  ];
}

function fieldProblems({ ph, name, cat, pid, tid, ts, dur, id, args }: AnyEvent): readonly string[] {
  const problems: string[] = [];
  const need = (fits: boolean, what: string): void => {
    if (!fits) problems.push(`${String(ph)} ${what}`);
  };
  need(PHASES.includes(ph), 'is no phase');
  need(typeof name === 'string' && name !== '', 'has no name');
  need(isWhole(pid), 'has no pid');
  if (ph !== 'C') need(isWhole(tid), 'has no tid');
  if (ph !== 'M') need(isTime(ts), `has no time: ${String(ts)}`);
  if (ph === 'X') need(isTime(dur), `has no duration: ${String(dur)}`);
  if (args !== undefined) need(isRecord(args), 'has args that are no object');
  if (ph === 's' || ph === 'f' || ph === 't') {
    need(isWhole(id), 'has no id');
    need(typeof cat === 'string', 'has no category');
  }
  if (ph === 'C') {
    const values = isRecord(args) ? Object.values(args) : [];
    need(values.length > 0 && values.every(Number.isFinite), 'has no numbers');
  }
  if (ph === 'M') need(isRecord(args) && Object.keys(args).length === 1, 'says nothing');
  return problems;
}

const trackOf = ({ pid, tid }: { readonly pid: number; readonly tid: number }): string => `${pid}/${tid}`;

function byTrack<T extends CheckedEvent>(events: readonly T[]): ReadonlyMap<string, T[]> {
  const tracks = new Map<string, T[]>();
  for (const event of events) tracks.set(trackOf(event), [...(tracks.get(trackOf(event)) ?? []), event]);
  return tracks;
}

/** In the order of the importer: by time, the longer of two that begin together first. */
function slicesInOrder(events: readonly CheckedEvent[]): readonly CheckedEvent[] {
  return events.filter(({ ph }) => ph === 'X').sort((a, b) => a.ts - b.ts || b.dur - a.dur);
}

function nestingProblems(events: readonly CheckedEvent[]): readonly string[] {
  return [...groupedSlices(events)].flatMap(([track, slices]) => {
    const open: CheckedEvent[] = [];
    return slices.flatMap((slice) => {
      while (open.length > 0 && endOf(open.at(-1) as CheckedEvent) <= slice.ts + toleranceUs(slice.ts))
        open.pop();
      const around = open.at(-1);
      open.push(slice);
      return around === undefined || endOf(slice) <= endOf(around) + toleranceUs(slice.ts)
        ? []
        : [`slices of ${track} do not nest: ${slice.name} at ${slice.ts} ends after ${around.name}`];
    });
  });
}

function groupedSlices(events: readonly CheckedEvent[]): ReadonlyMap<string, readonly CheckedEvent[]> {
  const tracks = new Map<string, CheckedEvent[]>();
  for (const slice of slicesInOrder(events)) {
    const known = tracks.get(trackOf(slice));
    if (known === undefined) tracks.set(trackOf(slice), [slice]);
    else known.push(slice);
  }
  return tracks;
}

const endOf = ({ ts, dur }: CheckedEvent): number => ts + dur;

/** B and E: in the order of the file, never back in time, and as many of one as of the other. */
function pairProblems(events: readonly CheckedEvent[]): readonly string[] {
  const pairs = byTrack(events.filter(({ ph }) => ph === 'B' || ph === 'E'));
  return [...pairs].flatMap(([track, own]) => {
    let depth = 0;
    const wrong = own.flatMap((event, i) => {
      depth += event.ph === 'B' ? 1 : -1;
      const isBack = i > 0 && event.ts < (own[i - 1] as CheckedEvent).ts;
      return [
        ...(isBack ? [`${track} goes back to ${event.ts}`] : []),
        ...(depth < 0 ? [`${track}: E without B`] : []),
      ];
    });
    return depth > 0 ? [...wrong, `${track}: B without E`] : wrong;
  });
}

function flowProblems(events: readonly (CheckedEvent & AnyEvent)[]): readonly string[] {
  const ends = new Map<string, (CheckedEvent & AnyEvent)[]>();
  for (const event of events.filter(({ ph }) => ph === 's' || ph === 'f')) {
    const key = JSON.stringify([event.cat, event.name, event.id]);
    ends.set(key, [...(ends.get(key) ?? []), event]);
  }
  const slices = groupedSlices(events);
  return [...ends].flatMap(([key, own]) => {
    const [from, to] = own;
    if (own.length !== 2 || from?.ph !== 's' || to?.ph !== 'f')
      return [`flow ${key} is no s with one f behind it`];
    return [
      ...(to.ts < from.ts ? [`flow ${key} goes back in time`] : []),
      ...(to.bp === 'e' ? [] : [`flow ${key} would be bound to the next slice`]),
      ...own.filter((end) => !isInSlice(end, slices)).map((end) => `flow ${key}: ${end.ph} is in no slice`),
    ];
  });
}

/** Of slices that nest only those that begin last before it matter, and what is around them. */
function isInSlice(
  { pid, tid, ts }: CheckedEvent,
  slices: ReadonlyMap<string, readonly CheckedEvent[]>,
): boolean {
  const own = slices.get(trackOf({ pid, tid })) ?? [];
  let [low, high] = [0, own.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle] as CheckedEvent).ts <= ts) low = middle + 1;
    else high = middle;
  }
  return own.slice(Math.max(0, low - 4), low).some((slice) => endOf(slice) + toleranceUs(ts) >= ts);
}

function nameProblems(events: readonly CheckedEvent[]): readonly string[] {
  const named = (what: string): ReadonlySet<string> =>
    new Set(events.filter(({ ph, name }) => ph === 'M' && name === what).map(trackOf));
  const processes = new Set([...named('process_name')].map((track) => track.split('/')[0]));
  const threads = named('thread_name');
  const slices = [...new Set(events.filter(({ ph }) => ph === 'X').map(trackOf))];
  const pids = [...new Set(events.map(({ pid }) => String(pid)))];
  return [
    ...pids.filter((pid) => !processes.has(pid)).map((pid) => `process ${pid} has no name`),
    ...slices.filter((track) => !threads.has(track)).map((track) => `thread ${track} has no name`),
  ];
}
