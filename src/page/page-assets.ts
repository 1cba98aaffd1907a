// What the page holds of others: uPlot, read from its installed package when a page is made, with its licence. Reads files of
// packages; knows nothing of what is drawn with them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';

/** Scripts and styles that go into the page, as texts. */
export interface PageAssets {
  readonly plotScript: string;
  readonly plotStyle: string;
  /** The page's own script; runs after uPlot's. */
  readonly script: string;
}

/**
 * uPlot's script and style with its licence before them.
 *
 * @throws GuestmarkError (environment) when the package is not there as it was installed.
 */
export function readPlotAssets(): Omit<PageAssets, 'script'> {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('uplot'));
    const read = (...names: string[]): string => readFileSync(join(folder, ...names), 'utf8');
    const licence = read('..', 'LICENSE').trim().replaceAll('*/', '* /');
    return {
      plotScript: `/*\nuPlot\n${licence}\n*/\n${read('uPlot.iife.min.js')}`,
      plotStyle: read('uPlot.min.css'),
    };
  } catch (error) {
    throw new GuestmarkError('environment', 'Cannot make a page: the package uplot is not installed whole', {
      hint: 'install guestmark again',
      cause: error,
    });
  }
}
