// The page of a fleet in a real browser: light and dark, on a phone and in a wide window, without an error and without a request.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { fleetPage } from '../../src/merge/fleet-page.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { fleetExample } from '../merge/fleet-example.ts';
import { browserPath, contrast, luminances, openPage, startBrowser, widths } from './browser.ts';

const path = browserPath('fleet-page');
const LONG = 'gpu-node-with-a-rather-long-name.rack-17.example.org';
const FLEET = fleetExample({
  nodes: 300,
  cases: 30,
  outliers: 20,
  gaps: 8,
  names: (plain) => plain.replace('node-00003', LONG),
});

test.skipIf(path === undefined)('the page of a fleet is readable in every window and theme', async () => {
  if (path === undefined) return;
  using folder = temporaryFolder();
  const file = join(folder.path, 'fleet.html');
  writeFileSync(file, fleetPage(FLEET));
  const browser = await startBrowser(path);
  try {
    await using open = await openPage(browser, pathToFileURL(file).href, {}, 'footer');
    const { page } = open;
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Text on the page, and on the deepest colour of the heat map.
      for (const selector of ['body', 'td.heat-slower-5']) {
        const { background, text } = await luminances(page, selector);
        expect(contrast(background, text), `${selector}, ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
      }
      expect((await luminances(page)).background < 0.05).toBe(colorScheme === 'dark');
    }
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const { content, window } = await widths(page);
      expect(content).toBeLessThanOrEqual(window);
      expect(await page.locator('#cases svg.static').first().isVisible()).toBe(true);
    }
    expect(await page.locator('#outliers tbody tr').count()).toBe(20);
    expect(await open.problems()).toEqual([]);
  } finally {
    await browser.close();
  }
});
