// A report as a table for a comment on GitHub: what was measured on, the cases with their figures, and the warnings. Says no
// more than the terminal's table does, in fewer columns.
import { formatNs } from '../base/units.ts';
import { code, prose } from '../compare/comparison-markdown.ts';
import { figureText, rangeText } from '../report/figure-text.ts';
import { formatPercentRange, formatPlusMinus } from '../report/percent.ts';
import type { CaseResult, Metric, Report } from '../report/report.ts';
import { caseProblems } from './case-problems.ts';
import type { NamedReport, NamedReports, TextPieces } from './named-report.ts';
import { reportIdentity } from './report-identity.ts';

const HEAD = `| case | device time | wall time | without steal | rate | stolen | runs | |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
`;
const UNKNOWN = '–';

/** One section a report. */
export async function* markdown(reports: NamedReports): TextPieces {
  let separator = '';
  for await (const named of reports) {
    yield `${separator}${sectionOf(named)}`;
    separator = '\n';
  }
}

function sectionOf({ path, report }: NamedReport): string {
  const parts = [
    `### guestmark: ${code(reportIdentity(report).device ?? 'unknown device')}\n`,
    `${whereLines(path, report).join('  \n')}\n`,
    `${HEAD}${report.results.map(rowOf).join('')}`,
    warningLines(report),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function whereLines(path: string, report: Report): readonly string[] {
  const { driver, hypervisor, attachment, tier, startedAt, toolVersion } = reportIdentity(report);
  const known = (word: string, text: string | null): string =>
    `${word} ${text === null ? 'unknown' : prose(text)}`;
  const software = report.device.available && report.device.value.software;
  return [
    ...(software ? ['**Software device, no GPU**'] : []),
    [
      known('driver', driver),
      known('attached:', attachment),
      known('hypervisor', hypervisor),
      `tier ${tier ?? 'unknown'}`,
    ].join(', '),
    `${code(path)}, begun ${prose(startedAt)}, ${report.status}, guestmark ${prose(toolVersion)}`,
  ];
}

function rowOf(result: CaseResult): string {
  const metric = (id: string): Metric | undefined => result.metrics.find((one) => one.id === id);
  const cells = [
    code(result.id),
    timeText(metric('gpuTime')),
    timeText(metric('wallTime')),
    boundsText(metric('correctedWallTime')),
    rateText(result),
    stealText(metric('stealLow'), metric('stealHigh')),
    String(result.runs.filter(({ status }) => status === 'ok').length),
    verdictText(result),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** `4.01 ms ±0.4%`: the larger half of the 95 % interval. */
function timeText(time: Metric | undefined): string {
  return time === undefined ? UNKNOWN : `${formatNs(time.value)}${plusMinus(time)}`;
}

function plusMinus({ value, low, high }: Metric): string {
  const half = Math.max(high - value, value - low);
  return value > 0 && half > 0 ? ` ${formatPlusMinus(half / value)}` : '';
}

function boundsText(metric: Metric | undefined): string {
  return metric === undefined ? UNKNOWN : rangeText('ns', metric.low, metric.high);
}

const RATES: readonly string[] = ['bandwidth', 'arithmetic', 'itemRate'];

function rateText({ metrics, itemName }: CaseResult): string {
  const all = metrics.filter(({ id }) => RATES.includes(id));
  // As the terminal has it: what a benchmark does not name is shown where there is nothing else.
  const rates = all.filter(({ id }) => id !== 'itemRate' || itemName !== 'items' || all.length === 1);
  const texts = rates.map((rate) => `${prose(figureText(rate, itemName))}${plusMinus(rate)}`);
  return texts.length === 0 ? UNKNOWN : texts.join(', ');
}

function stealText(low: Metric | undefined, high: Metric | undefined): string {
  return low === undefined || high === undefined ? UNKNOWN : formatPercentRange(low.value, high.value);
}

function verdictText(result: CaseResult): string {
  const [problem] = caseProblems(result);
  if (problem !== undefined) return `${result.status}: ${prose(problem)}`;
  if (result.status !== 'ok') return result.status;
  return result.warnings.length === 0 ? '✓' : `✓ ${result.warnings.map(({ id }) => prose(id)).join(', ')}`;
}

/** Folded, because of many cases they are long; a warning that several cases share is told once. */
function warningLines({ warnings, results }: Report): string {
  const cases = new Map<string, { readonly text: string; readonly ids: string[] }>();
  for (const { id, warnings: own } of results) {
    for (const { message, advice } of own) {
      const text = `${message}${advice === null ? '' : `: ${advice}`}`;
      const known = cases.get(text);
      if (known === undefined) cases.set(text, { text, ids: [id] });
      else known.ids.push(id);
    }
  }
  const lines = [
    ...warnings.map(
      ({ message, advice }) => `* ${prose(advice === null ? message : `${message}: ${advice}`)}`,
    ),
    ...[...cases.values()].map(({ text, ids }) => `* ${ids.map(code).join(', ')}: ${prose(text)}`),
  ];
  if (lines.length === 0) return '';
  return `<details><summary>${lines.length} warnings</summary>\n\n${lines.join('\n')}\n\n</details>\n`;
}
