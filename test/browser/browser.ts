// The browser of the browser tests: Chromium of the system, headless and without a network, and what must never happen in it.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { systemFiles } from '../../src/base/system-files.ts';
import { findBrowser } from '../../src/setup/test-tools.ts';

/** The browser's program; undefined where there is none, which is said aloud. */
export function browserPath(test: string): string | undefined {
  const path = findBrowser(systemFiles(), process.env);
  if (path === undefined) {
    console.warn(`${test}: skipped, because there is no Chromium (GUESTMARK_CHROMIUM can name one)`);
  }
  return path;
}

/** Starts it. In containers and for root there is no sandbox to be had. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** An open page and what went wrong in it so far: errors, requests, violations of the page's policy. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly problems: () => Promise<readonly string[]>;
}

/** What runs in the page is text here: these tests know no DOM. */
const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`;

/** What a page of reports has when its script has made it usable. */
const READY = 'body[data-ready="1"]';

/** Opens a page in a context of its own and waits until it is usable: until it has what `usable` selects. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  usable: string = READY,
): Promise<OpenPage> {
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const seen: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url.replace(/#.*/, '')) seen.push(`request: ${request.url().slice(0, 200)}`);
  });
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(REPORT_VIOLATIONS);
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.waitForSelector(usable);
  return { page, problems: async () => seen, [Symbol.asyncDispose]: () => context.close() };
}

/** Goes past all figures that can be seen, until all are drawn; bars of parts may stay as they are, so nobody waits for them long. */
const DRAW_FIGURES = `(async () => {
  const figures = [...document.querySelectorAll('figure[data-figure]')].filter((figure) => figure.checkVisibility());
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (const figure of figures) {
    figure.scrollIntoView({ behavior: 'instant' });
    const most = figure.dataset.figure === 'parts' ? 4 : 40;
    for (let wait = 0; wait < most && figure.querySelector('.live')?.childElementCount === 0; wait += 1) await frame();
  }
  return figures.map((figure) => figure.dataset.figure + ' ' + (figure.querySelector('.live')?.childElementCount ?? 0));
})()`;

/** Draws every figure that can be seen; what was drawn, as `timeline 3`. */
export function drawFigures(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(DRAW_FIGURES);
}

/** Opens the details of some cases, by their places. */
export function openCases(page: Page, places: readonly number[]): Promise<void> {
  const wanted = places.map((place) => `#case-${place}`).join();
  return page.evaluate<void>(
    `document.querySelectorAll('${wanted}').forEach((details) => { details.open = true; })`,
  );
}

/** Opens the details of every case that the page has. */
export function openAllCases(page: Page): Promise<void> {
  return page.evaluate<void>(
    `document.querySelectorAll('details.case').forEach((details) => { details.open = true; })`,
  );
}

/** Relative luminance of the colours of an element of the page (WCAG 2.2). */
export async function luminances(
  page: Page,
  selector = 'body',
): Promise<{ readonly background: number; readonly text: number }> {
  const colours = await page.evaluate<readonly [string, string]>(
    `(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.querySelector('${selector}')))`,
  );
  const [background = 0, text = 0] = colours.map((colour) => {
    // What was mixed is given as shares: color(srgb 0.5 …).
    const most = colour.startsWith('color(srgb') ? 1 : 255;
    const channels = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => Number(value) / most);
    const [r = 0, g = 0, b = 0] = channels.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  return { background, text };
}

/** Contrast of two luminances: 4.5 can be read. */
export function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** How wide the page is, and the window that it is in. */
export async function widths(page: Page): Promise<{ readonly content: number; readonly window: number }> {
  const [content = 0, window = 0] = await page.evaluate<readonly number[]>(
    `[document.documentElement.scrollWidth, innerWidth]`,
  );
  return { content, window };
}
