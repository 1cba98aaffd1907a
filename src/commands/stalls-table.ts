// The record of a watch as text: the longest stalls in their order, sums per cause, all holes by length. Pure.
import type { Available } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { type Column, renderColumns } from '../report/columns.ts';
import { type Painted, painter } from '../report/paint.ts';
import { formatPercent } from '../report/percent.ts';
import type { CauseSum, HoleBin, Stall, StallCalibration, Tier, WallClock } from '../timing/index.ts';

/** What a watch found. Plain data, printed by `--json`. */
export interface StallRecord {
  /** On the stamp clock, absolute. */
  readonly watched: { readonly startNs: number; readonly endNs: number };
  readonly cpu: Available<number>;
  readonly stampClock: WallClock;
  readonly snapshotClock: string;
  readonly tier: Tier;
  readonly tierTitle: string;
  readonly tierReason: string;
  readonly calibration: StallCalibration;
  /** `startNs` is on the stamp clock, absolute. */
  readonly stalls: readonly Stall[];
  readonly dropped: number;
  readonly sums: readonly CauseSum[];
  readonly histogram: readonly HoleBin[];
  /** What /proc/stat counted on the watched CPU meanwhile, in ticks. */
  readonly cpuSteal: Available<{ readonly stealNs: number; readonly tickNs: number }>;
  readonly failure: string | null;
}

/** More rows than this nobody reads; `--json` has them all. */
const MOST_ROWS = 40;

/** The whole text. */
export function stallsTable(record: StallRecord, layout: { width: number; color: boolean }): string {
  const { width } = layout;
  const paint = painter(layout.color);
  const table = (columns: readonly Column[], rows: readonly (readonly Painted[])[]): string =>
    renderColumns(
      columns,
      rows.map((cells) => ({ cells })),
      { width, paint },
    ).join('\n');
  const parts = [
    table([{}, { wraps: true }], header(record)),
    listing(record, table),
    table(SUM_COLUMNS, sumRows(record)),
    table(BIN_COLUMNS, binRows(record.histogram)),
    table(
      [{ wraps: true }],
      notes(record).map((note) => [note]),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

type RenderTable = (columns: readonly Column[], rows: readonly (readonly Painted[])[]) => string;

function header({
  watched,
  cpu,
  calibration,
  tier,
  tierTitle,
  ...record
}: StallRecord): readonly (readonly [string, string])[] {
  const place = cpu.available ? `CPU ${cpu.value}` : `no CPU in particular (${cpu.reason})`;
  const { ticks } = calibration;
  const seen =
    'p50Ns' in ticks
      ? `${ticks.count} short holes while calibrating: median ${formatNs(ticks.p50Ns)}, p90 ${formatNs(ticks.p90Ns)}, longest ${formatNs(ticks.longestNs)}`
      : 'no hole while calibrating';
  return [
    [
      'watched',
      `${place} for ${formatNs(watched.endNs - watched.startNs)}, a look every ${formatNs(calibration.turnNs)} (${record.stampClock})`,
    ],
    ['causes', `by the ${record.snapshotClock} snapshot, tier ${tier}: ${tierTitle}`],
    ['ticks', seen],
    [
      'stall',
      `a hole between two looks of more than ${formatNs(calibration.thresholdNs)}; an interrupt explains up to ${formatNs(calibration.interruptNs)}`,
    ],
  ];
}

const LIST_COLUMNS: readonly Column[] = [
  { heading: 'onset', align: 'right' },
  { heading: 'length', align: 'right' },
  { heading: 'cause' },
  { heading: 'CPU time', align: 'right' },
  { heading: 'run queue', align: 'right' },
  { heading: 'stolen or blocked', align: 'right' },
];

/** The longest stalls by onset; those that an interrupt explains are left to the sums. */
function listing({ stalls, watched }: StallRecord, table: RenderTable): string {
  const worth = stalls.filter(({ cause }) => cause !== 'interrupt');
  const longest = [...worth].sort((a, b) => b.durationNs - a.durationNs).slice(0, MOST_ROWS);
  const rows = longest.sort((a, b) => a.startNs - b.startNs).map((stall) => listRow(stall, watched.startNs));
  const left = worth.length - longest.length;
  const more = left > 0 ? `\n(${left} shorter ones are not listed; --json has them)` : '';
  return rows.length === 0 ? '' : table(LIST_COLUMNS, rows) + more;
}

function listRow({ startNs, durationNs, cause, ledger }: Stall, beginNs: number): readonly Painted[] {
  const parts = ledger.available
    ? [ledger.value.cpuNs, ledger.value.runQueueNs, ledger.value.stealAndBlockedNs].map(formatNs)
    : ['?', '?', '?'];
  return [`${((startNs - beginNs) / 1e9).toFixed(6)} s`, formatNs(durationNs), cause, ...parts];
}

const SUM_COLUMNS: readonly Column[] = [
  { heading: 'cause' },
  { heading: 'stalls', align: 'right' },
  { heading: 'sum', align: 'right' },
  { heading: 'of the time', align: 'right' },
  { heading: 'longest', align: 'right' },
];

function sumRows({ sums, watched }: StallRecord): readonly (readonly Painted[])[] {
  const wholeNs = watched.endNs - watched.startNs;
  return sums.map(({ cause, count, sumNs, longestNs }) => [
    cause,
    String(count),
    ...(count === 0 ? ['', '', ''] : [formatNs(sumNs), share(sumNs, wholeNs), formatNs(longestNs)]),
  ]);
}

function share(partNs: number, wholeNs: number): string {
  return wholeNs > 0 ? formatPercent(partNs / wholeNs) : '';
}

const BIN_COLUMNS: readonly Column[] = [
  { heading: 'holes from', align: 'right' },
  { heading: 'count', align: 'right' },
];

function binRows(histogram: readonly HoleBin[]): readonly (readonly Painted[])[] {
  return histogram.map(({ fromNs, count }) => [formatNs(fromNs), String(count)]);
}

function notes({ tier, tierReason, cpuSteal, dropped, sums }: StallRecord): readonly string[] {
  const counted = cpuSteal.available
    ? `/proc/stat counted ${formatNs(cpuSteal.value.stealNs)} of steal meanwhile (± ${formatNs(cpuSteal.value.tickNs)})`
    : `steal by /proc/stat is not known: ${cpuSteal.reason}`;
  const silent = sums.some(({ cause, count }) => cause === 'unattributed' && count > 0);
  const mayBeSteal = silent && tier !== 'A' ? [`unattributed stalls may be steal: ${tierReason}`] : [];
  const lost = dropped > 0 ? [`${dropped} stalls did not fit and are in the sums only`] : [];
  return [counted, ...mayBeSteal, ...lost];
}
