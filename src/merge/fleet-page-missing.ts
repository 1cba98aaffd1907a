// What the fleet report does not hold: tasks and nodes without a report, and files that could not be read. What is missing would
// otherwise be taken for normal.
import { NONE } from '../compare/comparison-words.ts';
import { element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable } from '../page/page-table.ts';
import { FLEET_IDS, furtherNote } from './fleet-page-elements.ts';
import type { FleetReport } from './fleet-report.ts';

/** Rows of each table. */
const MOST_ROWS = 200;

/** The section; null where nothing is missing. */
export function missingSection({ gaps, refused }: FleetReport): Markup | null {
  if (gaps.length === 0 && refused.length === 0) return null;
  return pageSection(
    FLEET_IDS.missing,
    'Missing',
    gaps.length > 0 && [gapTable(gaps), furtherNote(gaps.length, MOST_ROWS, 'without a report')],
    refused.length > 0 && [
      element('h3', {}, 'Files that could not be read'),
      refusedTable(refused),
      furtherNote(refused.length, MOST_ROWS, 'files'),
    ],
  );
}

function gapTable(gaps: FleetReport['gaps']): Markup {
  return dataTable({
    caption: 'Tasks and nodes without a report',
    columns: [{ heading: 'task' }, { heading: 'node' }, { heading: 'what happened' }],
    rows: gaps.slice(0, MOST_ROWS).map(({ task, node, reason }) => ({
      cells: [task === null ? NONE : String(task), node ?? NONE, reason],
    })),
  });
}

function refusedTable(refused: FleetReport['refused']): Markup {
  return dataTable({
    caption: 'Files that could not be read',
    hidesCaption: true,
    columns: [{ heading: 'file' }, { heading: 'why' }],
    rows: refused.slice(0, MOST_ROWS).map(({ path, message }) => ({
      cells: [element('code', {}, path), message],
    })),
  });
}
