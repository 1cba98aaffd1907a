// How the page looks where it is not a wide window with scripts and light colours: without scripts, dark, on a phone, on paper.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, contrast, drawFigures, luminances, openPage, startBrowser, widths } from './browser.ts';
import { folder, pageOf, sampleCases, writeReport } from './sample-pages.ts';

const path = browserPath('looks');
let browser: Browser;
let url: string;

beforeAll(async () => {
  if (path === undefined) return;
  browser = await startBrowser(path);
  const paths = [writeReport('bare.json', { results: [...sampleCases()] })];
  const contender = [writeReport('guest.json', { results: [...sampleCases(1.2)] })];
  url = await pageOf('looks.html', { paths, contender });
});

afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

describe.skipIf(path === undefined)('the page', () => {
  test('says all that is static without scripts', async () => {
    await using open = await openPage(browser, url, { javaScriptEnabled: false });
    const { page } = open;
    expect(await page.locator('#case-table tbody tr').count()).toBe(8);
    expect(await page.locator('svg.static').count()).toBeGreaterThan(10);
    expect(await page.locator('.only-scripted:visible').count()).toBe(0);
    await page.locator('#case-5 summary').click();
    expect(await page.locator('#case-5 figure svg').first().isVisible()).toBe(true);
    expect(await open.problems()).toEqual([]);
  });

  test('is dark for who prefers dark, and can be read', async () => {
    await using open = await openPage(browser, url, { colorScheme: 'dark' });
    const { background, text } = await luminances(open.page);
    expect(background).toBeLessThan(0.05);
    expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5);
  });

  test('changes its theme by a button, figures with it', async () => {
    await using open = await openPage(browser, url, { colorScheme: 'light' });
    const { page } = open;
    await page.locator('tr[data-case="0"] a').first().click();
    await drawFigures(page);
    const corner = `(() => { const plot = document.querySelector('.plot canvas'); return [...plot.getContext('2d').getImageData(0, 0, plot.width, plot.height).data].reduce((sum, value) => (sum * 31 + value) % 1e9, 7); })()`;
    const before = await page.evaluate<number>(corner);
    const button = page.locator('#theme-toggle');
    await button.click();
    expect(await button.textContent()).toContain('light');
    await button.click();
    expect(await button.textContent()).toContain('dark');
    const { background, text } = await luminances(page);
    expect(background).toBeLessThan(0.05);
    expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5);
    expect(await page.evaluate<number>(corner)).not.toBe(before);
    await button.click();
    expect((await luminances(page)).background).toBeGreaterThan(0.8);
    expect(await open.problems()).toEqual([]);
  });

  test('is no wider than a phone', async () => {
    await using open = await openPage(browser, url, { viewport: { width: 360, height: 740 } });
    const { page } = open;
    await page.locator('tr[data-case="0"] a').first().click();
    await drawFigures(page);
    const { content, window } = await widths(page);
    expect(content).toBeLessThanOrEqual(window);
    expect(await open.problems()).toEqual([]);
  });

  test('prints white, with the static figures, whatever the theme', async () => {
    await using open = await openPage(browser, url, { colorScheme: 'dark' });
    const { page } = open;
    await page.locator('tr[data-case="0"] a').first().click();
    await drawFigures(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#case-controls').isVisible()).toBe(false);
    expect(
      await page.locator('details[open] figure[data-figure="timeline"] svg.static').first().isVisible(),
    ).toBe(true);
    expect((await luminances(page)).text).toBeLessThan(0.1);
    await page.emulateMedia({ media: 'screen' });
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await open.problems()).toEqual([]);
  });
});
