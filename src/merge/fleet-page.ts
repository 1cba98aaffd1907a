// The page of a fleet: one file that needs no script and no network, in the order in which an operator asks: which nodes, why, what
// is missing, and what is normal. Its size follows the outliers and the cases, not the nodes. Pure.
import { counted } from '../compare/comparison-words.ts';
import { element, type Markup } from '../page/markup.ts';
import { pageDocument, pageMain } from '../page/page-document.ts';
import { aboutPage } from '../page/section-about.ts';
import { distinctText, masthead, pageNavigation } from '../page/section-header.ts';
import { colourStyle } from '../page/style-colours.ts';
import { LAYOUT_STYLE } from '../page/style-layout.ts';
import { casesSection } from './fleet-page-cases.ts';
import { differencesSection } from './fleet-page-differences.ts';
import { FLEET_IDS } from './fleet-page-elements.ts';
import { heatSection } from './fleet-page-heat.ts';
import { missingSection } from './fleet-page-missing.ts';
import { outliersSection } from './fleet-page-outliers.ts';
import { stateSection } from './fleet-page-state.ts';
import { FLEET_STYLE } from './fleet-page-style.ts';
import { summarySection } from './fleet-page-summary.ts';
import type { FleetNode, FleetReport } from './fleet-report.ts';
import { fleetSentences, fleetTitle } from './fleet-words.ts';

/** Sections in their order, with what the navigation calls them; those without content are left out. */
const SECTIONS: readonly (readonly [
  id: string,
  name: string,
  section: (report: FleetReport) => Markup | null,
])[] = [
  [FLEET_IDS.summary, 'Summary', summarySection],
  [FLEET_IDS.outliers, 'Outliers', outliersSection],
  [FLEET_IDS.missing, 'Missing', missingSection],
  [FLEET_IDS.cases, 'Cases', casesSection],
  [FLEET_IDS.heat, 'Heat map', heatSection],
  [FLEET_IDS.state, 'State of the nodes', stateSection],
  [FLEET_IDS.differences, 'Differences', differencesSection],
];

const TERMS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'difference',
    'of an outlier from the median of the nodes of its kind, which have the same device and CPU; in the drawings from the median of all nodes; + is slower',
  ],
  ['p', 'the probability of such a difference by chance, corrected for all nodes, cases and metrics'],
  [
    'GPU',
    'the outlier has a lower clock, is throttled, counts ECC errors or has a narrower link than the fleet',
  ],
  ['guest', 'time was stolen from it, a quota or a run queue held it back, or its exits are dear'],
  ['unexplained', 'it differs, and nothing that its report tells explains it'],
  [
    'one node differs by',
    'the robust standard deviation over the nodes (1.4826 times the median deviation), of the median',
  ],
  ['–', 'not known; never nothing'],
];

/** The page as HTML. */
export function fleetPage(report: FleetReport): string {
  const title = fleetTitle(report);
  const sections = SECTIONS.flatMap(([id, name, make]) => {
    const section = make(report);
    return section === null ? [] : [{ id, name, section }];
  });
  const { tool, nodes, cases } = report;
  const [first = '', ...rest] = fleetSentences(report);
  const of = `${counted(nodes.length, 'node')} and ${counted(cases.length, 'case')}`;
  return pageDocument(
    { title, styles: [colourStyle() + LAYOUT_STYLE + FLEET_STYLE], scripts: [], data: null },
    masthead({
      brand: tool.name,
      title,
      origin: originText(report),
      verdict: [element('strong', {}, first), rest.map((sentence) => ` ${sentence}`)],
    }),
    pageNavigation([...sections, { id: FLEET_IDS.about, name: 'How to read' }]),
    pageMain(sections.map(({ section }) => section)),
    aboutPage(
      TERMS,
      `Made by ${tool.name} ${tool.version} from ${of}. One file, offline: it asks nothing of any network and runs no script.`,
    ),
  );
}

const ENGINES: Readonly<Record<NonNullable<FleetReport['plan']>['engine'], string>> = {
  slurm: 'Slurm',
  kubernetes: 'Kubernetes',
  manual: 'by hand',
};

/** `NVIDIA H100 PCIe · KVM, made by QEMU · Slurm, 502 tasks, 2026-01-02`. */
function originText({ nodes, plan }: FleetReport): string {
  const of = (pick: (node: FleetNode) => FleetNode['device'], plural: string): string =>
    distinctText(
      nodes.flatMap((node) => {
        const fact = pick(node);
        return fact.available ? [fact.value] : [];
      }),
      plural,
    );
  const parts = [
    of(({ device }) => device, 'devices'),
    of(({ hypervisor }) => hypervisor, 'hypervisors'),
    plan === null
      ? ''
      : `${ENGINES[plan.engine]}, ${counted(plan.tasks, 'task')}, ${plan.createdAt.slice(0, 10)}`,
  ];
  return parts.filter((text) => text !== '').join(' · ');
}
