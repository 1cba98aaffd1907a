// The whole page of reports as one text: its sections in their order, in the frame of every page. Pure: the same data and assets
// give the same page.
import { jsonForScript } from './escape-text.ts';
import { element, type Markup } from './markup.ts';
import type { PageAssets } from './page-assets.ts';
import type { PageData } from './page-data.ts';
import { pageDocument, pageMain } from './page-document.ts';
import { PAGE_CLASSES, PAGE_IDS } from './page-elements.ts';
import { pageFooter } from './section-about.ts';
import { casesSection } from './section-cases.ts';
import { comparisonSection } from './section-comparison.ts';
import { environmentSection } from './section-environment.ts';
import { pageHeader, pageNavigation, themeSwitch } from './section-header.ts';
import { overviewSection } from './section-overview.ts';
import { sweepsSection } from './section-sweeps.ts';
import { warningsSection } from './section-warnings.ts';
import { colourStyle } from './style-colours.ts';
import { LAYOUT_STYLE } from './style-layout.ts';
import { LIVE_STYLE } from './style-live.ts';

/** Sections in their order, with what the navigation calls them; those without content are left out. */
const SECTIONS: readonly (readonly [id: string, name: string, section: (data: PageData) => Markup | null])[] =
  [
    [PAGE_IDS.comparison, 'Comparison', comparisonSection],
    [PAGE_IDS.overview, 'Overview', overviewSection],
    [PAGE_IDS.cases, 'Cases', casesSection],
    [PAGE_IDS.sweeps, 'Across cases', sweepsSection],
    [PAGE_IDS.environment, 'Environment', environmentSection],
    [PAGE_IDS.warnings, 'Warnings', warningsSection],
  ];

/** The page as HTML. */
export function renderPage(data: PageData, assets: PageAssets): string {
  const sections = SECTIONS.flatMap(([id, name, make]) => {
    const section = make(data);
    return section === null ? [] : [{ id, name, section }];
  });
  return pageDocument(
    {
      title: data.title,
      styles: [assets.plotStyle, colourStyle() + LAYOUT_STYLE + LIVE_STYLE],
      scripts: [assets.plotScript, assets.script],
      data: { id: PAGE_IDS.data, json: jsonForScript(data) },
    },
    pageHeader(data),
    pageNavigation([...sections, { id: PAGE_IDS.about, name: 'How to read' }], themeSwitch()),
    pageMain(sections.map(({ section }) => section)),
    pageFooter(data),
    element('div', { id: PAGE_IDS.announcer, role: 'status', class: PAGE_CLASSES.visuallyHidden }),
  );
}
