// Pages for the browser tests, made as the command makes them: report files on disk, read one by one, compared, rendered.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ReportRequest, reportCommand } from '../../src/commands/report.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { evidenceOf } from '../../src/evidence/case-evidence.ts';
import { pageBuilder } from '../../src/page/build-page-data.ts';
import { readClientScripts } from '../../src/page/client-scripts.ts';
import { readPlotAssets } from '../../src/page/page-assets.ts';
import type { PageData } from '../../src/page/page-data.ts';
import { renderPage } from '../../src/page/render-page.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import {
  around,
  caseResult,
  caseRun,
  sampleColumns,
  sampleReport,
  skippedCase,
} from '../report/sample-report.ts';

/** A folder for pages and reports that goes away. */
export const folder = temporaryFolder();

/** A benchmark over five sizes, one that computes, a latency, and one that is skipped. */
export function sampleCases(factor = 1): readonly CaseResult[] {
  const sizes = [1, 4, 16, 64, 256].map((mebi) => mebi * 2 ** 20);
  return [
    ...sizes.map((n) =>
      caseResult({
        id: `copy[n=${n / 2 ** 20}Mi]`,
        axes: { n },
        bytes: 8 * n,
        items: n,
        category: 'memory',
        runs: runsAround((n / 4 + 1e5) * factor),
      }),
    ),
    caseResult({
      id: 'fft[n=64Ki]',
      benchmark: 'fft',
      axes: { n: 65536 },
      bytes: 2 ** 20,
      flops: 2 ** 24,
      category: 'models',
      runs: runsAround(3e5 * factor),
    }),
    caseResult({
      id: 'empty-submit',
      benchmark: 'empty-submit',
      axes: {},
      kind: 'latency',
      bytes: null,
      items: null,
      category: 'host',
      runs: runsAround(4e4 * factor),
    }),
    skippedCase(),
  ];
}

function runsAround(gpuNs: number): CaseResult['runs'] {
  return [1, 2, 3, 4, 5].map((run) =>
    caseRun({ run, samples: sampleColumns(around(gpuNs * (1 + run / 1000), 40, 0.03)) }),
  );
}

/** Writes a report file and gives its path. */
export function writeReport(name: string, changes: Partial<Report>): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify(sampleReport(changes)));
  return path;
}

/** What `guestmark report` makes of files; its address. */
export async function pageOf(name: string, request: Partial<ReportRequest>): Promise<string> {
  const out = join(folder.path, name);
  const silent = {
    print: () => {},
    note: (text: string) => console.warn(text),
    clearProgress: () => {},
    isInteractive: false,
  };
  const defaults: ReportRequest = { paths: [], contender: null, labels: null, title: null, out };
  await reportCommand({ ...defaults, ...request }, silent as unknown as Terminal);
  return pathToFileURL(out).href;
}

/** A page of many reports of the same cases, each a little slower than the one before; its address and its size. */
export function manyReportsPage(
  reports: number,
  cases: number,
): { readonly url: string; readonly bytes: number } {
  const measured = caseResult({ category: 'memory' });
  const results = Array.from({ length: cases }, (_, index) => ({
    ...measured,
    id: `copy[n=${index + 1}Ki]`,
    axes: { n: (index + 1) * 1024 },
  }));
  const { cases: evidence } = evidenceOf(sampleReport({ results }), 'one.json');
  const builder = pageBuilder();
  for (let index = 0; index < reports; index += 1) {
    const factor = 1 + index / 1000;
    const slower = results.map((one) => ({
      ...one,
      metrics: one.metrics.map((metric) => ({
        ...metric,
        value: metric.value * factor,
        low: metric.low * factor,
        high: metric.high * factor,
      })),
    }));
    builder.add(sampleReport({ results: slower }), `nightly/${index + 1}.json`, evidence);
  }
  const tool = { name: 'guestmark', version: '0.1.0' };
  const html = render(builder.finish({ tool, title: 'Nightly', refused: [], comparison: null }));
  const path = join(folder.path, 'many.html');
  writeFileSync(path, html);
  return { url: pathToFileURL(path).href, bytes: Buffer.byteLength(html) };
}

function render(data: PageData): string {
  return renderPage(data, { ...readPlotAssets(), script: readClientScripts() });
}
