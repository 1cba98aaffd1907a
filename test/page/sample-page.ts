// Pages for tests: of reports that are made up, and the text of a page taken apart.
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { available } from '../../src/base/availability.ts';
import { evidenceOf } from '../../src/evidence/case-evidence.ts';
import { pageBuilder } from '../../src/page/build-page-data.ts';
import type { PageAssets } from '../../src/page/page-assets.ts';
import type { PageData } from '../../src/page/page-data.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import {
  around,
  caseResult,
  caseRun,
  failedCase,
  sampleColumns,
  sampleReport,
} from '../report/sample-report.ts';

/** Scripts and styles that are as awkward as may be, and small. */
export const ASSETS: PageAssets = {
  plotScript: 'const end = "</script><!--";\r\nvoid end;',
  plotStyle: 'i::after{content:"</style>"}',
  script: 'void 0;\n',
};

/** Two short runs around `centerNs`; their statistics are those of the pattern, because intervals take long. */
function runsAround(centerNs: number): CaseResult['runs'] {
  return [1, 2].map((run) => caseRun({ run, samples: sampleColumns(around(centerNs, 400)) }));
}

const PATTERN = caseResult({ runs: [1, 2].map((run) => caseRun({ run })) });

/** A case with the metrics of the pattern, each `factor` times as large. */
export function likePattern(changes: Partial<CaseResult>, factor = 1): CaseResult {
  const metrics = PATTERN.metrics.map((metric) => ({
    ...metric,
    value: metric.value * factor,
    low: metric.low * factor,
    high: metric.high * factor,
  }));
  return { ...PATTERN, metrics, ...changes };
}

/** A sweep, a case under a roof, a latency, a failure. */
export function sweptCases(): readonly CaseResult[] {
  const copy = (n: number): CaseResult =>
    likePattern(
      { id: `copy[n=${n}Mi]`, axes: { n: n * 2 ** 20 }, bytes: 8 * n * 2 ** 20, runs: runsAround(n * 1e6) },
      n / 4,
    );
  const rate = { id: 'arithmetic', unit: 'FLOP/s', value: 2e9, low: 1.9e9, high: 2.2e9, method: '' } as const;
  const fma = likePattern({
    id: 'fma',
    benchmark: 'fma',
    axes: {},
    bytes: 2 ** 20,
    flops: 2 ** 26,
    metrics: [...PATTERN.metrics, rate],
  });
  const wait = likePattern({
    id: 'wait',
    benchmark: 'wait',
    axes: {},
    kind: 'latency',
    bytes: null,
    items: null,
  });
  return [copy(1), copy(4), copy(16), fma, wait, { ...failedCase(), metrics: [] }];
}

/** The data of reports, as the command collects them. */
export function pageData(reports: readonly Report[], changes: Partial<PageData> = {}): PageData {
  const builder = pageBuilder();
  for (const [index, report] of reports.entries()) {
    const name = `report-${index + 1}.json`;
    builder.add(report, name, evidenceOf(report, name, index).cases);
  }
  const frame = {
    tool: { name: 'guestmark', version: '0.1.0' },
    title: 'A page',
    refused: [],
    comparison: null,
  };
  return { ...builder.finish(frame), ...changes };
}

const ROOFS: Report['derived'] = (
  [
    ['roofBandwidth', 'B/s', 40e9],
    ['roofArithmeticF32', 'FLOP/s', 9e12],
    ['roofArithmeticF64', 'FLOP/s', 8.5e12],
  ] as const
).map(([id, unit, value]) => ({
  id,
  benchmark: null,
  unit,
  estimate: available({ value, low: value * 0.99, high: value * 1.01 }),
  method: '',
  cases: [],
}));

/** One report with all kinds of cases. */
export function sampleData(changes: Partial<PageData> = {}): PageData {
  return pageData([sampleReport({ results: sweptCases(), derived: ROOFS })], changes);
}

/** A page taken apart: what is no markup, and the rest as a document. */
export interface TakenApart {
  readonly scripts: readonly { readonly attributes: string; readonly text: string }[];
  readonly styles: readonly string[];
  readonly document: Document;
  readonly elements: readonly Element[];
}

const RAW = /<(script|style)([^>]*)>([\s\S]*?)<\/\1>/g;

/**
 * Reads a page as a browser would as far as scripts and styles go (they end at the first end tag), and the rest strictly as
 * XML: markup that anybody's text had brought in would not be well-formed, or be an element that is looked for.
 */
export function takenApart(html: string): TakenApart {
  const raw = [...html.matchAll(RAW)];
  const rest = html.replace(RAW, '').replace(/^<!doctype html>\n/, '');
  const problems: string[] = [];
  const parser = new DOMParser({ onError: (level, message) => void problems.push(`${level}: ${message}`) });
  const document = parser.parseFromString(rest, 'text/xml');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return {
    scripts: raw.flatMap(([, name, attributes = '', text = '']) =>
      name === 'script' ? [{ attributes, text }] : [],
    ),
    styles: raw.flatMap(([, name, , text = '']) => (name === 'style' ? [text] : [])),
    document,
    elements: [...document.getElementsByTagName('*')],
  };
}
