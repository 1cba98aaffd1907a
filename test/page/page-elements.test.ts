import { describe, expect, it } from 'vitest';
import {
  CASE_ID_PREFIX,
  COLOUR_PROPERTIES,
  FIGURES,
  PAGE_ATTRIBUTES,
  PAGE_CLASSES,
  PAGE_IDS,
} from '../../src/page/page-elements.ts';
import { renderPage } from '../../src/page/render-page.ts';
import { comparison } from '../compare/sample-comparison.ts';
import { ASSETS, sampleData, takenApart } from './sample-page.ts';

const COMPARED = comparison();
// The one report is of the contender.
const WARNED = sampleData({
  comparison: { ...COMPARED, baseline: { ...COMPARED.baseline, reports: [] } },
});
const [FIRST] = WARNED.reports;
const WARNING = { id: 'few-runs', message: '2 runs', advice: null };
const REPORTS = FIRST === undefined ? [] : [{ ...FIRST, warnings: [WARNING] }];
const PAGE = takenApart(renderPage({ ...WARNED, reports: REPORTS }, ASSETS));

function valuesOf(attribute: string): ReadonlySet<string> {
  return new Set(PAGE.elements.flatMap((one) => one.getAttribute(attribute)?.split(' ') ?? []));
}

describe('the page', () => {
  it('has every element that its script looks for', () => {
    const ids = valuesOf('id');
    const scriptIds = PAGE.scripts.flatMap(({ attributes }) => /id="([^"]+)"/.exec(attributes)?.[1] ?? []);
    expect(Object.values(PAGE_IDS).filter((id) => !ids.has(id) && !scriptIds.includes(id))).toEqual([]);
    expect(ids).toContain(`${CASE_ID_PREFIX}0`);
    expect(Object.values(FIGURES).filter((figure) => !valuesOf('data-figure').has(figure))).toEqual([]);
  });

  it('has a row for every case, with what the script filters and sorts by', () => {
    const rows = PAGE.elements.filter(
      (one) => one.nodeName === 'tr' && one.hasAttribute(PAGE_ATTRIBUTES.case),
    );
    expect(rows.map((one) => Number(one.getAttribute(PAGE_ATTRIBUTES.case)))).toEqual(
      WARNED.cases.map((_, index) => index),
    );
    expect(rows.every((one) => one.hasAttribute(PAGE_ATTRIBUTES.verdict))).toBe(true);
    expect(valuesOf(PAGE_ATTRIBUTES.sort)).toEqual(new Set(['text', 'number']));
    expect(valuesOf(PAGE_ATTRIBUTES.value).size).toBeGreaterThan(20);
  });

  it('has a rule for every class, and a colour in both themes for every name', () => {
    const style = PAGE.styles.join('\n');
    const { figure, live, static: drawn, ...others } = PAGE_CLASSES;
    const wanted = [figure, live, drawn, ...Object.values(others)];
    expect(wanted.filter((name) => !style.includes(`.${name}`))).toEqual([]);
    for (const property of Object.values(COLOUR_PROPERTIES))
      expect(style.split(`${property}:`).length - 1, property).toBeGreaterThanOrEqual(4);
  });
});
