// Pictures of a page of `guestmark report`, to be looked at: light, dark, as wide as a phone, and printed.
//   node docs/measurements/compare/screenshots.mjs page.html folder [case number]
// Needs Chromium (GUESTMARK_CHROMIUM, or chromium on PATH). Opens the first case, or the one asked for.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page = 'report.html', folder = 'screenshots', caseNumber = '0'] = process.argv.slice(2);
const KINDS = {
  light: { viewport: { width: 1200, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', deviceScaleFactor: 2 },
};

const executablePath = process.env.GUESTMARK_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
mkdirSync(folder, { recursive: true });
for (const [name, options] of Object.entries(KINDS)) {
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...options });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
  tab.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`${name}: ${message.text()}\n`);
  });
  await tab.goto(`${pathToFileURL(resolve(page))}`);
  await tab.waitForSelector('body[data-ready="1"]');
  await tab.screenshot({ path: join(folder, `${name}-top.png`) });
  await tab.locator(`tr[data-case="${caseNumber}"] a`).first().click();
  await tab.waitForTimeout(300);
  await drawAll(tab);
  const details = tab.locator(`details.case[data-case="${caseNumber}"]`);
  await details.screenshot({ path: join(folder, `${name}-case.png`) });
  for (const section of ['comparison', 'sweeps']) {
    const part = tab.locator(`#${section}`);
    if ((await part.count()) > 0) await part.screenshot({ path: join(folder, `${name}-${section}.png`) });
  }
  if (name === 'light') await tab.pdf({ path: join(folder, 'print.pdf') });
  await context.close();
}
await browser.close();

/** Figures are drawn when they are seen: goes past all of them. */
async function drawAll(tab) {
  for (const figure of await tab.locator('figure[data-figure]:visible').all()) {
    await figure.scrollIntoViewIfNeeded();
    await tab.waitForTimeout(60);
  }
}
