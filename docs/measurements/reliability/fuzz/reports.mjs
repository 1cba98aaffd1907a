// Reports with something changed in them: of `guestmark run`, of `guestmark time`, of hyperfine. What is accepted goes through
// what a user would do with it: table, comparison, history, exports, page. Each of those has to stand what the schema let through.
import { readFileSync } from 'node:fs';
import { GuestmarkError } from '../../../../dist/base/errors.js';
import { compareSides } from '../../../../dist/compare/compare-sides.js';
import { COMPARE_DEFAULTS } from '../../../../dist/compare/comparison.js';
import { comparisonCsv } from '../../../../dist/compare/comparison-csv.js';
import { comparisonMarkdown } from '../../../../dist/compare/comparison-markdown.js';
import { comparisonSchema } from '../../../../dist/compare/comparison-schema.js';
import { comparisonTable } from '../../../../dist/compare/comparison-table.js';
import { evidenceOf } from '../../../../dist/evidence/case-evidence.js';
import { mergeCases } from '../../../../dist/evidence/merge-cases.js';
import { refusalOf } from '../../../../dist/evidence/refuse-file.js';
import { timeEvidence } from '../../../../dist/evidence/time-evidence.js';
import { valueEvidence } from '../../../../dist/evidence/value-evidence.js';
import { exportText } from '../../../../dist/export/text-formats.js';
import { HISTORY_DEFAULTS } from '../../../../dist/history/history.js';
import { historyCsv } from '../../../../dist/history/history-csv.js';
import { historyMarkdown } from '../../../../dist/history/history-markdown.js';
import { historyOf } from '../../../../dist/history/history-of.js';
import { historySchema } from '../../../../dist/history/history-schema.js';
import { historyTable } from '../../../../dist/history/history-table.js';
import { collectReports } from '../../../../dist/merge/collect-reports.js';
import { fleetCsv } from '../../../../dist/merge/fleet-csv.js';
import { fleetMarkdown } from '../../../../dist/merge/fleet-markdown.js';
import { MERGE_DEFAULTS } from '../../../../dist/merge/fleet-report.js';
import { fleetReportSchema } from '../../../../dist/merge/fleet-report-schema.js';
import { fleetReportTable } from '../../../../dist/merge/fleet-report-table.js';
import { mergeFleet } from '../../../../dist/merge/merge-fleet.js';
import { summarizeReport } from '../../../../dist/merge/summarize-report.js';
import { checkReport } from '../../../../dist/report/parse-report.js';
import { checkTimeReport } from '../../../../dist/report/parse-time-report.js';
import { renderTable } from '../../../../dist/report/table.js';
import { timeTable } from '../../../../dist/report/time-table.js';
import { changedJson, GENTLE, ROUGH } from './change-json.mjs';
import { onceIn, pick, STRINGS } from './draw.mjs';
import { require, requireMessage, requirePlain, requireTable } from './oracle.mjs';
import { requirePage } from './pages.mjs';

/** Reports as they were once written. */
export const corpus = (name) => readFileSync(new URL(`corpus/${name}.json`, import.meta.url), 'utf8');

const TOOL = { name: 'guestmark', version: '0.0.0', node: 'v20.0.0' };
const LAYOUT = { width: 100, color: false };
/** Few draws: what they come to is not what is looked at. */
const COMPARE = { ...COMPARE_DEFAULTS, resamples: 100 };
const HISTORY = { ...HISTORY_DEFAULTS, resamples: 20 };
const FORMATS = ['trace', 'csv', 'samples-csv', 'markdown', 'prometheus', 'hyperfine'];
const JSON_FORMATS = ['trace', 'hyperfine'];

const target = (name, texts, uses, kinds = [GENTLE, ROUGH]) => ({
  name,
  open: async () => ({
    make: (random) => {
      const text = pick(random, texts);
      const json = changedJson(random, text, pick(random, kinds));
      return {
        json,
        original: text,
        use: pick(random, uses),
        path: onceIn(random, 20) ? pick(random, STRINGS) : 'r.json',
      };
    },
    attempt: async (input) => {
      try {
        return await input.use(input);
      } catch (error) {
        if (!(error instanceof GuestmarkError)) throw error;
        // As every reader of files tells it.
        requireMessage(refusalOf(input.path, error).message);
        return 'refused';
      }
    },
    show: ({ json, use, path }) => `${use.name}(${JSON.stringify(path)}):\n${json}`,
  }),
});

function read({ json, path }) {
  const report = checkReport(JSON.parse(json), path);
  return { report, evidence: evidenceOf(report, path, 0) };
}

function sideOf(...evidences) {
  const cases = mergeCases();
  const reports = evidences.map(({ facts }) => facts);
  evidences.forEach((one, report) => {
    cases.add(one.cases.map((each) => ({ ...each, runs: each.runs.map((run) => ({ ...run, report })) })));
  });
  return { reports, cases: cases.all(), refused: [] };
}

const originals = new Map();
async function originalOf(text) {
  if (!originals.has(text)) originals.set(text, await valueEvidence(JSON.parse(text), 'original.json', 0));
  return originals.get(text);
}

function table(input) {
  const { report, evidence } = read(input);
  requirePlain(evidence);
  requireTable(renderTable(report, { ...LAYOUT, verbose: true, all: true }));
  return 'accepted';
}

function programTable(input) {
  const report = checkTimeReport(JSON.parse(input.json), input.path);
  requirePlain(timeEvidence(report, input.path));
  requireTable(timeTable(report, LAYOUT));
  return 'accepted';
}

async function comparison(input) {
  const evidence = await valueEvidence(JSON.parse(input.json), input.path, 0);
  const found = compareSides(sideOf(await originalOf(input.original)), sideOf(evidence), COMPARE, {
    tool: TOOL,
    labels: ['a', input.path],
  });
  requireSchema(comparisonSchema, found);
  requireTable(comparisonTable(found, LAYOUT));
  comparisonMarkdown(found);
  comparisonCsv(found);
  return 'accepted';
}

async function history(input) {
  const evidence = await valueEvidence(JSON.parse(input.json), input.path, 0);
  const found = historyOf(sideOf(await originalOf(input.original), evidence, evidence), HISTORY, TOOL);
  requireSchema(historySchema, found);
  requireTable(historyTable(found, LAYOUT));
  historyMarkdown(found);
  historyCsv(found);
  return 'accepted';
}

/** Beside nine nodes that are as the report was, so that there is something to be compared with. */
function fleet(input) {
  const report = checkReport(JSON.parse(input.json), input.path);
  const other = checkReport(JSON.parse(input.original), 'original.json');
  const named = Array.from({ length: 9 }, (_, node) => ({
    ...other,
    system: { ...other.system, hostname: `node-${node}` },
  }));
  const collection = collectReports(() => true);
  const sources = [report, ...named].map((one) => ({
    path: input.path,
    task: null,
    report: collection.keep(summarizeReport(one, input.path)),
    refused: null,
  }));
  const read = { plan: null, tasks: new Map(), refused: [], sources, cases: collection.cases() };
  const found = mergeFleet(read, MERGE_DEFAULTS, TOOL);
  requireSchema(fleetReportSchema, found);
  requireTable(fleetReportTable(found, LAYOUT));
  fleetMarkdown(found);
  for (const piece of fleetCsv(found)) require(piece.endsWith('\n'), () => 'a row does not end');
  return 'accepted';
}

async function exports(input) {
  const { report } = read(input);
  for (const format of FORMATS) {
    const reports = (async function* one() {
      yield { path: input.path, report };
    })();
    let text = '';
    for await (const piece of exportText(format, reports)) text += piece;
    if (JSON_FORMATS.includes(format)) JSON.parse(text);
  }
  return 'accepted';
}

function page(input) {
  const { report, evidence } = read(input);
  requirePage(report, evidence, input.path);
  return 'accepted';
}

function requireSchema(schema, value) {
  const { error } = schema.safeParse(JSON.parse(JSON.stringify(value)));
  const [issue] = error?.issues ?? [];
  require(issue === undefined, () => `its own schema refuses ${issue.path.join('.')}: ${issue.message}`);
}

export default [
  target('run-report', [corpus('run')], [table, comparison, history, fleet, exports]),
  target('time-report', [corpus('time')], [programTable, programTable, comparison, history]),
  target('hyperfine', [corpus('hyperfine'), corpus('hyperfine-2')], [comparison, history]),
  target('page', [corpus('run')], [page], [GENTLE]),
];
