// The scripts of the page as one text: the compiled files of client/ in the order in which they build on each other, wrapped in
// a function so that no name of theirs meets a name of anyone else. Reads files of this package; knows nothing of pages.
import { readFileSync } from 'node:fs';

/** Files of client/ without their ending; a file only uses at once what stands before it. */
export const CLIENT_SCRIPTS: readonly string[] = [
  'globals',
  'number-format',
  'metrics',
  'elements',
  'page-state',
  'theme',
  'tooltip',
  'plot-axes',
  'plot-keys',
  'plot',
  'drawing',
  'report-groups',
  'clock-series',
  'figure-course',
  'figure-distributions',
  'figure-adjusted',
  'figure-timeline',
  'figure-parts',
  'figure-reports',
  'figure-sweep',
  'figure-roofline',
  'ratio-drawing',
  'figure-ratios',
  'figures',
  'table-sorting',
  'case-table',
  'case-details',
  'case-view',
  'start',
];

/** Where the compiled scripts lie: beside this file, or where the build puts them when tests run the source. */
const FOLDER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/page/client/' : './client/',
  import.meta.url,
);

/** One script for the end of the page's body. It expects uPlot's own script before it, and holds no `</script`. */
export function readClientScripts(): string {
  const parts = CLIENT_SCRIPTS.map((name) => readFileSync(new URL(`${name}.js`, FOLDER), 'utf8'));
  return `(() => {\n'use strict';\n${parts.map(withoutPrologue).join('')}})();\n`;
}

/** The whole is strict already; in the middle of it the words would mean nothing. */
function withoutPrologue(script: string): string {
  return script.replace(/^"use strict";\n/, '');
}
