// The page of real reports in a real browser: what it shows, without errors and without a request.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatNs } from '../../src/base/units.ts';
import { browserPath, drawFigures, openAllCases, openPage, startBrowser } from './browser.ts';
import { folder, pageOf, sampleCases, writeReport } from './sample-pages.ts';

const path = browserPath('page');
let browser: Browser;
let single: string;
let compared: string;

beforeAll(async () => {
  if (path === undefined) return;
  browser = await startBrowser(path);
  const results = [...sampleCases()];
  const paths = [1, 2].map((index) => writeReport(`bare-${index}.json`, { results }));
  const slower = [...sampleCases(1.1)];
  const contender = [1, 2].map((index) => writeReport(`guest-${index}.json`, { results: slower }));
  single = await pageOf('single.html', { paths: paths.slice(0, 1) });
  compared = await pageOf('compared.html', { paths, contender, labels: ['bare metal', 'guest'] });
});

afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

const textOf = async (page: Page, selector: string): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();

describe.skipIf(path === undefined)('the page in Chromium', () => {
  test('renders every figure of every case without an error, a request or a violation of its policy', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    await openAllCases(page);
    const figures = await drawFigures(page);
    expect(figures.length).toBeGreaterThan(20);
    // With one report there is nothing to add to the static layers.
    expect(figures.filter((figure) => / 0$/.test(figure) && figure !== 'parts 0')).toEqual([]);
    const drawn = await page.evaluate<number>(`document.querySelectorAll('.plot canvas').length`);
    expect(drawn).toBeGreaterThan(20);
    expect(await open.problems()).toEqual([]);
  });

  test('renders a comparison likewise, and its forest plot filters by verdict', async () => {
    await using open = await openPage(browser, compared);
    const { page } = open;
    await drawFigures(page);
    const rows = page.locator('figure[data-figure="ratios"] .ratio-row');
    expect(await rows.count()).toBe(7);
    const verdict = page.locator('figure[data-figure="ratios"] select').first();
    for (const [chosen, count] of [
      ['slower', 7],
      ['faster', 0],
    ] as const) {
      await verdict.selectOption(chosen);
      expect(await rows.count()).toBe(count);
      expect(await textOf(page, 'figure[data-figure="ratios"] p[role="status"]')).toBe(`${count} of 8 cases`);
    }
    expect(await open.problems()).toEqual([]);
  });

  test('shows the numbers of the report, in the table and in a case', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    const results = sampleCases();
    for (const [index, { metrics }] of results.entries()) {
      const gpu = metrics.find(({ id }) => id === 'gpuTime');
      const row = await textOf(page, `tr[data-case="${index}"]`);
      if (gpu !== undefined) expect(row).toContain(formatNs(gpu.value));
    }
    await page.locator('tr[data-case="5"] a').first().click();
    const details = await textOf(page, 'details.case[data-case="5"]');
    for (const id of ['gpuTime', 'wallTime', 'submitTime']) {
      const metric = results[5]?.metrics.find((one) => one.id === id);
      expect(details).toContain(formatNs(metric?.value ?? Number.NaN));
    }
  });

  test('tells the exact numbers under the pointer', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    await page.locator('tr[data-case="0"] a').first().click();
    await drawFigures(page);
    const plot = page.locator('details.case[data-case="0"] figure[data-figure="course"] .u-over');
    await plot.scrollIntoViewIfNeeded();
    await plot.hover({ position: { x: 40, y: 60 } });
    const text = await textOf(page, '.tooltip');
    expect(text).toMatch(/run 1, sample \d+/);
    const [, rounded = '', exact = ''] = /device time([\d.]+ \S+) · ([\d .]+) ns/.exec(text) ?? [];
    expect(formatNs(Number(exact.replaceAll(' ', '')))).toBe(rounded);
  });

  test('opens a case by its address, and gives each case an address', async () => {
    const address = `${single}#case=${encodeURIComponent('fft[n=64Ki]')}`;
    await using open = await openPage(browser, address);
    const { page } = open;
    expect(await page.locator('details.case[open]').getAttribute('data-case')).toBe('5');
    await page.locator('tr[data-case="6"] a').first().click();
    expect(page.url()).toBe(`${single}#case=empty-submit`);
  });

  test('filters and sorts the cases', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    await page.locator('#case-controls input').fill('copy 16Mi');
    expect(await page.locator('#case-table tbody tr:visible').count()).toBe(1);
    expect(await textOf(page, '#case-count')).toBe('1 of 8 cases');
    await page.locator('#case-controls input').fill('');
    const heading = page.locator('#case-table thead th[data-sort="number"]').first();
    for (const order of ['ascending', 'descending']) {
      await heading.locator('button').click();
      expect(await heading.getAttribute('aria-sort')).toBe(order);
      const values = await page.evaluate<number[]>(
        `[...document.querySelectorAll('#case-table tbody tr')].flatMap((row) => row.cells[1].dataset.value ?? []).map(Number)`,
      );
      const sorted = [...values].sort((a, b) => (order === 'ascending' ? a - b : b - a));
      expect(values).toEqual(sorted);
      expect(values.length).toBe(7);
    }
  });

  test('can be walked by keyboard: filter, table, case and back', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    const focused = (): Promise<string> =>
      page.evaluate<string>(
        `document.activeElement.closest('tr[data-case], #case-controls, details.case, .plot')?.dataset.case ?? document.activeElement.tagName`,
      );
    await page.locator('#case-controls input').focus();
    await page.keyboard.type('copy');
    for (let step = 0; step < 30 && !/^\d$/.test(await focused()); step += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('0');
    const outline = await page.evaluate<string>(`getComputedStyle(document.activeElement).outlineStyle`);
    expect(outline).not.toBe('none');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('1');
    await page.keyboard.press('Enter');
    expect(await page.locator('details.case[open]').getAttribute('data-case')).toBe('1');
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('SUMMARY');
    await page.keyboard.press('Escape');
    expect(await page.locator('details.case[open]').count()).toBe(0);
    expect(await page.evaluate<string>(`document.activeElement.closest('tr').dataset.case`)).toBe('1');
  });

  test('zooms the timeline by keys, wheel and dragging', async () => {
    await using open = await openPage(browser, single);
    const { page } = open;
    await page.locator('tr[data-case="0"] a').first().click();
    const plot = page.locator('details.case[data-case="0"] figure[data-figure="timeline"] .plot');
    await page.locator('details.case[data-case="0"] figure[data-figure="timeline"]').scrollIntoViewIfNeeded();
    await plot.waitFor();
    const picture = async (): Promise<string> => (await plot.screenshot()).toString('base64');
    const whole = await picture();
    await plot.focus();
    await page.keyboard.press('+');
    const near = await picture();
    expect(near).not.toBe(whole);
    await page.keyboard.press('ArrowRight');
    expect(await picture()).not.toBe(near);
    await page.keyboard.press('0');
    const box = await plot.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 100);
    await page.mouse.wheel(0, -300);
    await page.mouse.move(0, 0);
    expect(await picture()).not.toBe(whole);
    expect(await open.problems()).toEqual([]);
  });
});
