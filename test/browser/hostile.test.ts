// Names of devices, benchmarks, files and messages are anybody's: in the page they are text, wherever they come.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { deviceInfo } from '../report/sample-device.ts';
import { browserPath, drawFigures, openCases, openPage, startBrowser } from './browser.ts';
import { folder, pageOf, sampleCases, writeReport } from './sample-pages.ts';

const path = browserPath('hostile');
const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '</script><script>window.pwned=2</script>',
  '"><svg onload="window.pwned=3">',
  '\'><a href="javascript:window.pwned=4" id=evil>x</a>',
  '\u202egnp.exe\u2066 <!-- <script>',
  '__proto__',
  '<style>body{display:none}</style>',
];
let browser: Browser;
let url: string;

beforeAll(async () => {
  if (path === undefined) return;
  browser = await startBrowser(path);
  const all = HOSTILE.join(' ');
  const results: readonly CaseResult[] = sampleCases().map((one, index) => ({
    ...one,
    id: `${one.benchmark}[${HOSTILE[index % HOSTILE.length]}=${index}]`,
    benchmark: `${one.benchmark}${index < 5 ? all : ''}`,
    itemName: HOSTILE[0] ?? '',
    axes: { ...one.axes, [HOSTILE[index % 5] ?? '']: index },
    warnings: [{ id: HOSTILE[0] ?? '', message: all, advice: all }] as unknown as CaseResult['warnings'],
  }));
  const device = available({ ...deviceInfo(), name: all });
  const changes = { results: [...results], device } as Parameters<typeof writeReport>[1];
  const paths = [writeReport('<img src=x onerror=pwned>.json', changes)];
  const contender = [writeReport('"><svg onload=pwned>.json', changes)];
  url = await pageOf('hostile.html', { paths, contender, title: all, labels: [all, HOSTILE[1] ?? ''] });
});

afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

const ELEMENTS = `[...document.querySelectorAll('img, iframe, object, embed, [onload], [onerror], #evil, a[href^="javascript"], body style')].map((element) => element.outerHTML)`;

describe.skipIf(path === undefined)('hostile names', () => {
  test('are text in every part of the page and of what its script makes', async () => {
    await using open = await openPage(browser, url);
    const { page } = open;
    // A sweep's, the one under the roof, and the latency: the details of the others are made alike.
    await openCases(page, [0, 5, 6]);
    await drawFigures(page);
    await page.locator('#case-controls input').fill('<img src=x');
    for (const kind of ['course', 'distributions', 'timeline', 'sweep']) {
      const over = page.locator(`figure[data-figure="${kind}"] .u-over`).first();
      if ((await over.count()) > 0) await over.hover({ position: { x: 30, y: 20 } });
    }
    await page.locator('.ratio-row').first().hover();
    expect(await page.locator('.tooltip').textContent()).toContain('<img src=x');
    expect(await page.evaluate(ELEMENTS)).toEqual([]);
    expect(await page.evaluate<string>('typeof window.pwned')).toBe('undefined');
    expect(await page.evaluate<number>(`document.querySelectorAll('script').length`)).toBe(3);
    expect(await page.evaluate<string>('document.body.innerText')).toContain(
      '<img src=x onerror="window.pwned=1">',
    );
    expect(await open.problems()).toEqual([]);
  });
});
