// `guestmark report`: report files in, one HTML file out. Files that cannot be used are told of, on the page too, and never stop
// the others.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';
import { compareSides } from '../compare/compare-sides.ts';
import { COMPARE_DEFAULTS, type Comparison } from '../compare/comparison.ts';
import type { RefusedFile, Side } from '../evidence/evidence.ts';
import { pageBuilder } from '../page/build-page-data.ts';
import { readClientScripts } from '../page/client-scripts.ts';
import { readPlotAssets } from '../page/page-assets.ts';
import type { PageData } from '../page/page-data.ts';
import { readPageReports } from '../page/read-page-reports.ts';
import { renderPage } from '../page/render-page.ts';
import { checkWritable, saveText } from '../report/write-report.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command. */
export interface ReportRequest {
  /** Files and folders; in a comparison those of the baseline. */
  readonly paths: readonly string[];
  /** Null where nothing is compared. */
  readonly contender: readonly string[] | null;
  /** What the sides are called; null for the names of their files. */
  readonly labels: readonly [baseline: string, contender: string] | null;
  /** Null for standard output. */
  readonly out: string | null;
  readonly title: string | null;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) where no report can be read, (output) where the page cannot be written.
 */
export async function reportCommand(request: ReportRequest, terminal: Terminal): Promise<number> {
  refuseUnnamed(request);
  const out = request.out === null ? null : resolve(request.out);
  if (out !== null) checkWritable(out, 'page');
  const html = renderPage(await pageData(request, terminal), {
    ...readPlotAssets(),
    script: readClientScripts(),
  });
  if (out === null) {
    terminal.print(html);
    return EXIT.ok;
  }
  saveText(out, html, 'page');
  terminal.print(`Page: ${out} (${formatBytes(Buffer.byteLength(html))})`);
  return EXIT.ok;
}

function refuseUnnamed({ paths, contender }: ReportRequest): void {
  const hint = 'the form is `guestmark report REPORT… [--with CONTENDER…]`, with files or folders';
  if (paths.length === 0)
    throw new GuestmarkError('usage', 'Cannot make a page: no report is named', { hint });
  if (contender !== null && contender.length === 0)
    throw new GuestmarkError('usage', 'Cannot compare with nothing: --with names the contender', { hint });
}

async function pageData(request: ReportRequest, terminal: Terminal): Promise<PageData> {
  const builder = pageBuilder();
  const read = async (paths: readonly string[]): Promise<Side> => {
    const side = await readPageReports(paths, builder, (path, done, count) => {
      if (terminal.isInteractive) terminal.drawStatus(`reading ${done + 1}/${count}: ${path}`);
    });
    terminal.clearProgress();
    tellRefused(side.refused, terminal);
    if (side.reports.length > 0) return side;
    throw new GuestmarkError('usage', 'Cannot make a page: no report could be read', {
      hint: 'give reports that guestmark run has written, or folders of them',
    });
  };
  const baseline = await read(request.paths);
  const contender = request.contender === null ? null : await read(request.contender);
  const tool = toolRecord();
  const comparison =
    contender === null
      ? null
      : compareSides(baseline, contender, COMPARE_DEFAULTS, { tool, labels: labelsOf(request) });
  return builder.finish({
    tool,
    title: request.title ?? titleOf(baseline, comparison),
    refused: [...baseline.refused, ...(contender?.refused ?? [])],
    comparison,
  });
}

/** More are on the page. */
const MOST_NOTES = 10;

function tellRefused(refused: readonly RefusedFile[], terminal: Terminal): void {
  for (const { message } of refused.slice(0, MOST_NOTES)) terminal.note(`guestmark: ${message}`);
  const more = refused.length - MOST_NOTES;
  if (more > 0) terminal.note(`guestmark: and ${more} more, which the page names`);
}

function labelsOf({ labels, paths, contender }: ReportRequest): readonly [string, string] {
  const label = ([first = '', ...others]: readonly string[]): string =>
    others.length === 0 ? first : `${first} and ${others.length} more`;
  return labels ?? [label(paths), label(contender ?? [])];
}

/** `guest against bare metal`, the device, or how many reports there are. */
function titleOf({ reports }: Side, comparison: Comparison | null): string {
  if (comparison !== null) return `${comparison.contender.label} against ${comparison.baseline.label}`;
  const devices = new Set(reports.map(({ device }) => (device.available ? device.value : 'unknown device')));
  const [device = ''] = devices;
  return devices.size === 1 ? device : `${reports.length} reports of ${devices.size} devices`;
}
