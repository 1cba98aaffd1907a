// The foot of the page: how it was made, and how to read its times. Holds no link that leads out.
import { element, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { PAGE_IDS } from './page-elements.ts';

const TERMS: readonly (readonly [string, string])[] = [
  ['device time', 'what the device took by its own timestamps; of a software device it is time of the CPUs'],
  ['raw wall', 'from before the submission until the wait returned'],
  [
    'corrected wall',
    'the same without what the hypervisor took (steal), as an interval: what the clocks allow at least and at most',
  ],
  ['undisturbed wall', 'also without what the guest itself withheld: run-queue wait and throttling'],
  [
    '95 % interval',
    'by a hierarchical bootstrap over runs and samples, seeded; everything shown can be computed again from the report files',
  ],
  ['–', 'not known; never nothing'],
];

/** The footer of the page of reports. */
export function pageFooter({ tool, reports, cases }: PageData): Markup {
  const count = reports.length === 1 ? '1 report' : `${reports.length} reports`;
  return aboutPage(
    TERMS,
    `Made by ${tool.name} ${tool.version} from ${count} of ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}. One file, offline: it asks nothing of any network. Charts that answer to the pointer are drawn with uPlot 1.6.32 (MIT licence, in this file).`,
  );
}

/** The foot of any page: the words that it uses, and how it was made. */
export function aboutPage(
  terms: readonly (readonly [term: string, meaning: string])[],
  made: string,
): Markup {
  return element(
    'footer',
    { id: PAGE_IDS.about },
    element('h2', {}, 'How to read this page'),
    element(
      'dl',
      {},
      terms.map(([term, meaning]) => [element('dt', {}, term), element('dd', {}, meaning)]),
    ),
    element('p', { class: 'note' }, made),
  );
}
