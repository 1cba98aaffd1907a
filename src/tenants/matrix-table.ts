// The interference matrix as lines of a table: how much slower each kind of work is beside each. Pure.
import { unavailable } from '../base/availability.ts';
import { shown } from '../compare/side-lines.ts';
import { type Column, type Layout, renderColumns } from '../report/columns.ts';
import type { Painted } from '../report/paint.ts';
import type { GroupFigures, MemberFigures } from './tenants-report.ts';
import { timesShort, timesText } from './tenants-words.ts';

const heading = (text: string): Painted => ({ text, style: 'heading' });

type Slowdown = MemberFigures['slowdown']['wallTime'];

/** The slowdowns of every kind of work beside every kind, in one order of both. */
export interface Matrix {
  readonly kinds: readonly string[];
  /** A row for each victim, a column for each neighbour. */
  readonly rows: readonly (readonly Slowdown[])[];
}

/** The matrix of pairs; of two tenants of one kind the first is the victim. */
export function matrixOf(figures: readonly GroupFigures[]): Matrix {
  const cells = new Map<string, Map<string, Slowdown>>();
  const add = (victim: MemberFigures, neighbour: MemberFigures): void => {
    const row = cells.get(kindOf(victim)) ?? new Map<string, Slowdown>();
    if (!row.has(kindOf(neighbour))) row.set(kindOf(neighbour), victim.slowdown.wallTime);
    cells.set(kindOf(victim), row);
  };
  for (const { members } of figures) {
    const [first, second] = members;
    if (first === undefined || second === undefined) continue;
    add(first, second);
    add(second, first);
  }
  const kinds = [...cells.keys()];
  const rows = kinds.map((victim) =>
    kinds.map((neighbour) => cells.get(victim)?.get(neighbour) ?? unavailable('the pair was not measured')),
  );
  return { kinds, rows };
}

function kindOf({ workClass, caseId }: MemberFigures): string {
  return workClass ?? caseId;
}

/** So many columns hold the intervals of some kinds of work. */
const COLUMNS_OF_INTERVALS = 20;

/** A row for each victim, a column for each neighbour; intervals where there is room for them. */
export function matrixLines(
  figures: readonly GroupFigures[],
  labels: ReadonlyMap<string, string>,
  layout: Layout,
): readonly string[] {
  const { kinds: ids, rows } = matrixOf(figures);
  const kinds = ids.map((id) => shown(labels.get(id) ?? id, 40));
  const text = layout.width >= COLUMNS_OF_INTERVALS * (kinds.length + 1) ? timesText : timesShort;
  const columns: readonly Column[] = [
    { heading: heading('slowed by') },
    ...kinds.map((kind): Column => ({ heading: heading(kind), align: 'right' })),
  ];
  const lines = kinds.map((victim, i) => ({ cells: [heading(victim), ...(rows[i] ?? []).map(text)] }));
  return renderColumns(columns, lines, layout);
}
