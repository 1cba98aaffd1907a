// A page of 200 reports of 60 cases: painted and usable soon, on two cores.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, drawFigures, openPage, startBrowser } from './browser.ts';
import { folder, manyReportsPage } from './sample-pages.ts';

const path = browserPath('many-reports');
let browser: Browser;
let many: ReturnType<typeof manyReportsPage>;

beforeAll(async () => {
  if (path === undefined) return;
  browser = await startBrowser(path);
  many = manyReportsPage(200, 60);
});

afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

describe.skipIf(path === undefined)('a page of 200 reports of 60 cases', () => {
  test('is painted within 3 s and usable within 5 s', async () => {
    await using open = await openPage(browser, many.url);
    const { page } = open;
    const times = await page.evaluate<Readonly<Record<string, number>>>(
      `Object.fromEntries([...performance.getEntriesByType('paint'), ...performance.getEntriesByName('usable')].map(({ name, startTime }) => [name, startTime]))`,
    );
    expect(times['first-contentful-paint']).toBeLessThan(3_000);
    expect(times.usable).toBeLessThan(5_000);
    expect(await open.problems()).toEqual([]);
  });

  test('makes the details of a case when it is chosen, and draws its metric over the reports', async () => {
    await using open = await openPage(browser, many.url);
    const { page } = open;
    await page.locator('tr[data-case="59"] a').first().click();
    await drawFigures(page);
    const details = page.locator('details.case[data-case="59"]');
    const over = details.locator('figure[data-figure="reports"] .u-over');
    await over.hover({ position: { x: 200, y: 60 } });
    expect(await page.locator('.tooltip').textContent()).toMatch(/^\d+: nightly\/\d+\.json/);
    const before = await details.locator('table').first().textContent();
    await details.locator('select[data-choose-report]').selectOption('199');
    expect(await details.locator('table').first().textContent()).not.toBe(before);
    expect(await open.problems()).toEqual([]);
  });
});
