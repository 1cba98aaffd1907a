// Reports as a file for the textfile collector of Prometheus' node exporter. A series is a case on a device of a host; where
// several reports have it, the one that began last counts. Carries no timestamps of samples, which the collector refuses.
import { columnOf, sampledRuns } from '../report/case-samples.ts';
import type { CaseResult, Report } from '../report/report.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { LatestByKey } from './latest-by-key.ts';
import type { NamedReports, TextPieces } from './named-report.ts';
import { allMetricFamilies, metricFamilies } from './prometheus-names.ts';
import { type Family, familyText, type Labels, type Series } from './prometheus-text.ts';
import { type ReportIdentity, reportIdentity } from './report-identity.ts';

/** A series with the family that it belongs to. */
interface Placed extends Series {
  readonly family: string;
}

const DEVICE_FAMILIES: readonly Omit<Family, 'series'>[] = [
  { name: 'guestmark_run_info', type: 'gauge', help: 'What the last run was made with, and where.' },
  {
    name: 'guestmark_last_run_timestamp_seconds',
    type: 'gauge',
    help: 'Unix time when the last run ended, or began where it did not end.',
  },
  {
    name: 'guestmark_last_run_success',
    type: 'gauge',
    help: '1 if the last run was complete and every case that the device can run was measured and verified.',
  },
];

const CASE_FAMILIES: readonly Omit<Family, 'series'>[] = [
  {
    name: 'guestmark_case_success',
    type: 'gauge',
    help: '1 if every run of the case was measured and verified, 0 if one failed.',
  },
  ...allMetricFamilies().map(({ name, help }) => ({ name, help, type: 'gauge' as const })),
  {
    name: 'guestmark_sample_gpu_time_seconds',
    type: 'summary',
    help: 'Device time of one iteration over the samples of all runs.',
  },
  {
    name: 'guestmark_sample_wall_time_seconds',
    type: 'summary',
    help: 'Wall time of one iteration over the samples of all runs, not corrected.',
  },
];

/** The whole file. */
export async function* prometheus(reports: NamedReports): TextPieces {
  const latest = new LatestByKey<readonly Placed[]>();
  for await (const { report } of reports) {
    const who = reportIdentity(report);
    const device = { host: who.host, device: who.device, pci_address: who.pciAddress };
    latest.set(JSON.stringify(device), who.startedAt, deviceSeries(report, who, device));
    for (const result of report.results) {
      const labels = { ...device, benchmark: result.benchmark, case: result.id };
      latest.set(JSON.stringify(labels), who.startedAt, caseSeries(result, labels));
    }
  }
  const byFamily = new Map<string, Placed[]>();
  for (const placed of latest.values().flat()) {
    const known = byFamily.get(placed.family);
    if (known === undefined) byFamily.set(placed.family, [placed]);
    else known.push(placed);
  }
  for (const family of [...DEVICE_FAMILIES, ...CASE_FAMILIES]) {
    const text = familyText({ ...family, series: byFamily.get(family.name) ?? [] });
    if (text !== '') yield text;
  }
}

function deviceSeries(report: Report, who: ReportIdentity, labels: Labels): readonly Placed[] {
  const { driver, hypervisor, attachment, tier, binding, toolVersion: version } = who;
  const info = { ...labels, driver, hypervisor, attachment, tier, binding, version };
  const endedMs = Date.parse(report.finishedAt ?? report.startedAt);
  return [
    { family: 'guestmark_run_info', labels: info, value: 1 },
    { family: 'guestmark_last_run_timestamp_seconds', labels, value: endedMs / 1000 },
    { family: 'guestmark_last_run_success', labels, value: isSuccess(report) ? 1 : 0 },
  ];
}

/** What exit code 0 says of a run. */
function isSuccess({ status, results, validation }: Report): boolean {
  const isMeasured = results.some((result) => result.status === 'ok');
  const isWrong = results.some(
    (result) =>
      result.status === 'failed' ||
      result.status === 'pending' ||
      result.thresholds.some(({ verdict }) => verdict === 'missed'),
  );
  return status === 'complete' && isMeasured && !isWrong && validation.messages.length === 0;
}

function caseSeries(result: CaseResult, labels: Labels): readonly Placed[] {
  const { status, metrics } = result;
  const verdict =
    status === 'ok' || status === 'failed'
      ? [{ family: 'guestmark_case_success', labels, value: status === 'ok' ? 1 : 0 }]
      : [];
  const gauges = metrics.flatMap((metric) =>
    metricFamilies(metric.id).map(({ name, value }) => ({ family: name, labels, value: value(metric) })),
  );
  return [
    ...verdict,
    ...gauges,
    ...summary('guestmark_sample_gpu_time_seconds', 'gpuNs', result, labels),
    ...summary('guestmark_sample_wall_time_seconds', 'wallNs', result, labels),
  ];
}

const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

function summary(
  family: string,
  column: 'gpuNs' | 'wallNs',
  { runs }: CaseResult,
  labels: Labels,
): readonly Placed[] {
  const series = columnOf(sampledRuns(runs), column, 'iteration');
  const sorted = sortedCopy(series.flatMap((values) => [...values]));
  if (sorted.length === 0) return [];
  return [
    ...QUANTILES.map((p) => ({
      family,
      labels: { ...labels, quantile: String(p) },
      value: quantileOfSorted(sorted, p) / 1e9,
    })),
    { family, suffix: '_sum', labels, value: sorted.reduce((sum, ns) => sum + ns, 0) / 1e9 },
    { family, suffix: '_count', labels, value: sorted.length },
  ];
}
