// The first section: the counts that an operator asks for, and by which rules nodes were called outliers.
import { type Content, element, type Markup } from '../page/markup.ts';
import { pageSection } from '../page/page-document.ts';
import { causeName, FLEET_IDS } from './fleet-page-elements.ts';
import type { FleetReport } from './fleet-report.ts';
import { countsByCause, rulesText, unjudgedText } from './fleet-words.ts';

/** The section. */
export function summarySection(report: FleetReport): Markup {
  const { nodes, cases, outliers, unjudged, gaps, refused } = report;
  const notJudged = unjudgedText(report);
  const failed = nodes.filter((node) => node.failed > 0).length;
  const slower = outliers.filter(({ verdict }) => verdict === 'slower').length;
  return pageSection(
    FLEET_IDS.summary,
    'Summary',
    element(
      'dl',
      { class: 'tiles' },
      tile('nodes', nodes.length, null),
      tile('cases', cases.length, null),
      tile('slower', slower, slower > 0 ? 'verdict-slower' : null),
      tile('faster', outliers.length - slower, null),
      unjudged.length > 0 && tile('not judged', unjudged.length, 'verdict-unclear'),
      tile('without a report', gaps.length, gaps.length > 0 ? 'verdict-slower' : null),
      tile('files refused', refused.length, refused.length > 0 ? 'verdict-slower' : null),
      tile('with failed cases', failed, failed > 0 ? 'verdict-slower' : null),
    ),
    outliers.length > 0 && causes(report),
    notJudged !== null && element('p', {}, `Not judged: ${notJudged}.`),
    element('p', { class: 'note' }, rulesText(report)),
  );
}

function tile(name: string, count: number, kind: string | null): Markup {
  return element('div', {}, element('dt', {}, name), element('dd', { class: kind }, count));
}

function causes({ outliers }: FleetReport): Content {
  return element(
    'p',
    {},
    'What explains the outliers: ',
    countsByCause(outliers).map(([cause, count]) => [
      causeName(cause),
      element('strong', { class: 'cause-count' }, count),
    ]),
  );
}
