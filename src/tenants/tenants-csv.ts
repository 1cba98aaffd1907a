// Figures of tenants as CSV, one row a member of a group: for spreadsheets and data frames. Figures have all their digits; a cell
// that is empty is unknown.
import type { Available } from '../base/availability.ts';
import { csvCell } from '../compare/comparison-csv.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import type { GroupFigures, MemberFigures, TenantsReport, TimesFigures } from './tenants-report.ts';

type Cell = Parameters<typeof csvCell>[0];

/** A member with its group. */
interface Row {
  readonly group: GroupFigures;
  readonly member: MemberFigures;
  /** Its place in the group. */
  readonly index: number;
}

const PHASES = ['alone', 'together'] as const;
const SLOWDOWNS = [
  ['slowdown_gpu', 'gpuTime'],
  ['slowdown_wall', 'wallTime'],
  ['slowdown_corrected_wall', 'correctedWallTime'],
  ['slowdown_wall_p99', 'wallTimeP99'],
] as const;

const COLUMNS: readonly (readonly [name: string, cell: (row: Row) => Cell])[] = [
  ['group', ({ group }) => group.group],
  ['tenant', ({ index }) => index + 1],
  ['role', ({ member }) => member.role],
  ['work_class', ({ member }) => member.workClass],
  ['case', ({ member }) => member.caseId],
  ...PHASES.flatMap((phase) => timesColumns(phase)),
  ...SLOWDOWNS.flatMap(([name, id]) => intervalColumns(name, ({ member }) => member.slowdown[id])),
  ...intervalColumns('share', ({ member }) => member.share),
  ...intervalColumns('fairness', ({ group }) => group.fairness),
  ...intervalColumns('total', ({ group }) => group.total),
];

type Named = (typeof COLUMNS)[number];

function timesColumns(phase: (typeof PHASES)[number]): readonly Named[] {
  const of = ({ member }: Row): TimesFigures => member[phase];
  const value = (interval: Available<ValueInterval>): Cell =>
    interval.available ? interval.value.value : null;
  const tail = (row: Row, p: 'p50' | 'p95' | 'p99'): Cell => {
    const { wallTail } = of(row);
    return wallTail.available ? wallTail.value[p] : null;
  };
  const steal = (row: Row, end: 'low' | 'high'): Cell => {
    const share = of(row).steal;
    return share.available ? share.value[end] : null;
  };
  return [
    [`${phase}_gpu_ns`, (row) => value(of(row).gpuTime)],
    [`${phase}_wall_ns`, (row) => value(of(row).wallTime)],
    [`${phase}_corrected_wall_ns`, (row) => value(of(row).correctedWallTime)],
    [`${phase}_wall_p50_ns`, (row) => tail(row, 'p50')],
    [`${phase}_wall_p95_ns`, (row) => tail(row, 'p95')],
    [`${phase}_wall_p99_ns`, (row) => tail(row, 'p99')],
    [`${phase}_iterations_per_second`, (row) => value(of(row).rate)],
    [`${phase}_steal_low`, (row) => steal(row, 'low')],
    [`${phase}_steal_high`, (row) => steal(row, 'high')],
  ];
}

function intervalColumns(name: string, of: (row: Row) => Available<ValueInterval>): readonly Named[] {
  const end =
    (id: keyof ValueInterval) =>
    (row: Row): Cell => {
      const interval = of(row);
      return interval.available ? interval.value[id] : null;
    };
  return [
    [name, end('value')],
    [`${name}_low`, end('low')],
    [`${name}_high`, end('high')],
  ];
}

/** Renders the members of all groups that ran together. */
export function tenantsCsv({ figures }: Pick<TenantsReport, 'figures'>): string {
  const rows = figures.flatMap((group) =>
    group.members.map((member, index) => COLUMNS.map(([, cell]) => csvCell(cell({ group, member, index })))),
  );
  return [COLUMNS.map(([name]) => name), ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}
