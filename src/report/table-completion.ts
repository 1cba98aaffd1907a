// The grid of waits in the terminal: a row for each way to wait, a column for each setting of the guest, and under it what
// follows. Empty for a report without such cases.

import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import { type CompletionWay, completionWays, LOADS, type Load, PINS, type Pin } from './completion-grid.ts';
import { completionFindings } from './derive-completion.ts';
import { figureText } from './figure-text.ts';
import type { MetricId } from './metric-units.ts';
import type { Report } from './report.ts';

const NONE = '–';
/** Median, 95th percentile, CPU time of the waiting thread by wall time: one under the other. */
const SHOWN: readonly MetricId[] = ['wallTime', 'wallTimeP95', 'cpuShare'];
const LEGEND =
  'median, 95th percentile, and CPU time of the waiting thread; idle: nothing else runs, awake: a thread under SCHED_IDLE keeps every vCPU from idling, contended: a process computes on the vCPU of the waiting thread';

interface Setting {
  readonly pin: Pin;
  readonly load: Load;
  readonly heading: string;
}

/** Side by side what differs by idling alone; what is contended comes under it, where the terminal is narrow. */
const SETTINGS: readonly Setting[] = LOADS.flatMap((load) =>
  PINS.map((pin) => ({
    pin: pin.value,
    load: load.value,
    heading: `${load.name}\n${pin.name.replace(' ', '\n')}`,
  })),
);

/** The lines of the grid and its findings. */
export function completionLines(
  { results, device }: Pick<Report, 'results' | 'device'>,
  layout: Layout,
): readonly string[] {
  const ways = completionWays(results);
  if (ways.length === 0) return [];
  const measured = SETTINGS.filter(({ pin, load }) =>
    ways.some((way) => way.metric(pin, load, 'wallTime') !== undefined),
  );
  const isContended = ({ load }: Setting): boolean => load === 2;
  const parts = [measured.filter((one) => !isContended(one)), measured.filter(isContended)];
  const software = device.available && device.value.software;
  const findings = completionFindings(ways, software).map(({ text, advice }) => ({
    cells: ['', advice === null ? text : `${text}\n→ ${advice}`],
  }));
  return [
    ...parts.flatMap((settings) => partLines(ways, settings, layout)),
    ...renderColumns([{}, { wraps: true }], [{ cells: ['', LEGEND] }, ...findings], layout),
  ];
}

function partLines(
  ways: readonly CompletionWay[],
  settings: readonly Setting[],
  layout: Layout,
): readonly string[] {
  const rows = ways.flatMap((way) => rowOf(way, settings) ?? []);
  if (rows.length === 0) return [];
  const columns: readonly Column[] = [
    { heading: { text: 'completion', style: 'heading' }, wraps: true },
    ...settings.map(
      ({ heading }): Column => ({ heading: { text: heading, style: 'heading' }, align: 'right' }),
    ),
  ];
  return renderColumns(columns, rows, layout);
}

function rowOf(way: CompletionWay, settings: readonly Setting[]): Row | null {
  const cells = settings.map(({ pin, load }) => cellOf(way, pin, load));
  return cells.every((cell) => cell === NONE) ? null : { cells: [way.name, ...cells] };
}

function cellOf(way: CompletionWay, pin: Pin, load: Load): string {
  if (way.metric(pin, load, 'wallTime') === undefined) return NONE;
  return SHOWN.map((id) => {
    const metric = way.metric(pin, load, id);
    return metric === undefined ? NONE : figureText(metric, 'items');
  }).join('\n');
}
