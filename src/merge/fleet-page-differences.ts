// In which facts the nodes are not all alike: another driver or kernel on one node explains more than any test does.
import { element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable, type TableRow } from '../page/page-table.ts';
import { FLEET_IDS } from './fleet-page-elements.ts';
import type { FleetDifference, FleetReport } from './fleet-report.ts';

/** Values of one fact: where every node has its own, none of them says anything. */
const MOST_VALUES = 12;

/** The section; null where all nodes are alike. */
export function differencesSection({ differences }: FleetReport): Markup | null {
  if (differences.length === 0) return null;
  return pageSection(
    FLEET_IDS.differences,
    'Differences between the nodes',
    dataTable({
      caption: 'Facts in which the nodes are not all alike',
      hidesCaption: true,
      columns: [
        { heading: 'fact' },
        { heading: 'value' },
        { heading: 'nodes', isNumber: true },
        { heading: 'first' },
      ],
      rows: differences.flatMap(differenceRows),
    }),
  );
}

function differenceRows({ what, values }: FleetDifference): readonly TableRow[] {
  const rows = values
    .slice(0, MOST_VALUES)
    .map(({ value, nodes, first }): TableRow => ({ cells: [what, value, String(nodes), first] }));
  const left = values.slice(MOST_VALUES);
  if (left.length === 0) return rows;
  const nodes = left.reduce((sum, one) => sum + one.nodes, 0);
  const rest = element('span', { class: 'quiet' }, `and ${left.length} more values`);
  return [...rows, { cells: [what, rest, String(nodes), left[0]?.first ?? ''] }];
}
