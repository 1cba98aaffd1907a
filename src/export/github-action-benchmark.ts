// The arrays that github-action-benchmark draws over time: `customSmallerIsBetter` of times and `customBiggerIsBetter` of
// rates. It knows a series by its name alone, so that the name holds the device, and each name is given once.
import type { CaseResult, Metric } from '../report/report.ts';
import { LatestByKey } from './latest-by-key.ts';
import type { NamedReports, TextPieces } from './named-report.ts';
import { oneLine, reportIdentity } from './report-identity.ts';

/** As the action's documentation has it. */
interface Entry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range: string;
  readonly extra: string;
}

const TIMES: readonly string[] = ['gpuTime', 'wallTime', 'correctedWallTime', 'wallTimeP99'];
const RATES: readonly string[] = ['bandwidth', 'arithmetic', 'itemRate'];

/** Times, of which smaller ones are better. */
export function githubActionTimes(reports: NamedReports): TextPieces {
  return entriesOf(reports, TIMES);
}

/** Rates, of which bigger ones are better. */
export function githubActionRates(reports: NamedReports): TextPieces {
  return entriesOf(reports, RATES);
}

async function* entriesOf(reports: NamedReports, ids: readonly string[]): TextPieces {
  const entries = new LatestByKey<Entry>();
  for await (const { report } of reports) {
    const { device, driver, startedAt } = reportIdentity(report);
    for (const result of report.results) {
      for (const metric of result.metrics.filter(
        ({ id, value }) => ids.includes(id) && Number.isFinite(value),
      )) {
        const entry = entryOf(result, metric, device ?? 'unknown device', driver ?? 'unknown');
        entries.set(entry.name, startedAt, entry);
      }
    }
  }
  yield `${JSON.stringify(entries.values(), null, 2)}\n`;
}

function entryOf({ id, runs, itemName }: CaseResult, metric: Metric, device: string, driver: string): Entry {
  const measured = runs.filter(({ status }) => status === 'ok').length;
  return {
    name: `${oneLine(id)} ${metric.id} (${device})`,
    unit: metric.unit === '1/s' ? `${oneLine(itemName)}/s` : metric.unit,
    value: metric.value,
    range: `${metric.low} to ${metric.high}`,
    extra: `${measured} ${measured === 1 ? 'run' : 'runs'}, driver ${driver}; ${oneLine(metric.method)}`,
  };
}
