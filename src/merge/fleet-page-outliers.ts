// The table of the nodes that are not like the others: which, how much, where, and what explains it. Judges nothing itself.
import { NONE, probabilityText } from '../compare/comparison-words.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { type Content, element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { dataTable, type TableRow } from '../page/page-table.ts';
import { VERDICT_SIGNS } from '../page/section-comparison.ts';
import { caseLink, causeName, FLEET_IDS, furtherNote, nodeId, OUTLIER_ROWS } from './fleet-page-elements.ts';
import type { FleetFinding, FleetOutlier, FleetReport } from './fleet-report.ts';
import { findingsByCase, findingText } from './fleet-words.ts';

/** Cases that a row names. */
const MOST_PLACES = 4;

/** The section; null where no node stands out. */
export function outliersSection(report: FleetReport): Markup | null {
  const { outliers } = report;
  if (outliers.length === 0) return null;
  return pageSection(
    FLEET_IDS.outliers,
    'Outliers',
    dataTable({
      caption: 'Nodes that are not like the others',
      hidesCaption: true,
      columns: [
        { heading: 'node' },
        { heading: 'verdict' },
        { heading: 'most', isNumber: true },
        { heading: 'in' },
        { heading: 'cause' },
        { heading: 'evidence' },
      ],
      rows: outliers.slice(0, OUTLIER_ROWS).map((outlier) => outlierRow(outlier, report)),
    }),
    furtherNote(outliers.length, OUTLIER_ROWS, 'outliers'),
  );
}

function outlierRow(outlier: FleetOutlier, report: FleetReport): TableRow {
  const { node, verdict, findings, cause, reasons } = outlier;
  const [largest] = findings;
  return {
    attributes: { id: nodeId(node) },
    cells: [
      element('strong', {}, report.nodes[node]?.name ?? NONE),
      element('span', { class: `verdict-${verdict}` }, `${VERDICT_SIGNS[verdict]} ${verdict}`),
      largest === undefined ? NONE : percentDifference(largest.ratio),
      findingList(findings, report),
      causeName(cause),
      reasons.length === 0
        ? element('span', { class: 'quiet' }, 'nothing in its report')
        : reasons.map((reason) => element('span', { class: 'one-reason' }, reason)),
    ],
  };
}

function findingList(findings: readonly FleetFinding[], report: FleetReport): Content {
  const places = findingsByCase(findings);
  const more = places.length - MOST_PLACES;
  return [
    places
      .slice(0, MOST_PLACES)
      .map((those) =>
        element(
          'span',
          { class: 'one-finding', title: `p ${probabilityText(those[0].p.adjusted)}` },
          placeOf(those[0], report),
          ` ${those.map((finding) => findingText(finding, report)).join(', ')}`,
        ),
      ),
    more > 0 && element('span', { class: 'one-finding quiet' }, `and ${more} more cases`),
  ];
}

function placeOf({ case: index }: FleetFinding, { cases }: FleetReport): Content {
  const one = index === null ? undefined : cases[index];
  return one === undefined || index === null ? 'all cases together' : caseLink(one, index);
}
