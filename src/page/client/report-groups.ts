// Reports that figures show as one: the two sides of a comparison, else the chosen report. A value of several reports is their
// median, between the least and the largest of them, as in the static figures.
interface ReportGroup {
  readonly label: string;
  readonly reports: readonly number[];
}

/** The groups that sweeps and the roofline show. */
function shownGroups(): readonly ReportGroup[] {
  const { comparison, reports } = pageState.data;
  if (comparison === null) return [{ label: '', reports: [pageState.report] }];
  const all = reports.map((_, index) => index);
  const split = Math.min(comparison.baseline.reports.length, all.length);
  return [
    { label: 'baseline', reports: all.slice(0, split) },
    { label: 'contender', reports: all.slice(split) },
  ];
}

/** What a report is called where several are: in a comparison with its side. */
function reportLabel(report: number): string {
  const { comparison, reports } = pageState.data;
  const label = reports[report]?.label ?? '';
  if (comparison === null) return label;
  return `${report < comparison.baseline.reports.length ? 'baseline' : 'contender'}: ${label}`;
}

/** A metric of a result; null where it has none, whatever the metric is called. */
function metricOf(result: PageResult | null | undefined, metric: string): PageEstimate | null {
  const metrics = result?.metrics ?? {};
  return Object.hasOwn(metrics, metric) ? (metrics[metric] ?? null) : null;
}

/** A metric of a case over a group; null where none of its reports has it. Of bounds the outermost hold all of them. */
function groupEstimate(one: PageCase, group: ReportGroup, metric: string): PageEstimate | null {
  const found = group.reports.flatMap((report) => {
    const estimate = metricOf(one.results[report], metric);
    return estimate === null ? [] : [estimate];
  });
  const [first] = found;
  if (first === undefined || found.length === 1) return first ?? null;
  const values = found.map(([value]) => value).sort((a, b) => a - b);
  const middle = (values.length - 1) / 2;
  const median = ((values[Math.floor(middle)] as number) + (values[Math.ceil(middle)] as number)) / 2;
  const isBound = metric.startsWith('corrected');
  const lows = isBound ? found.map(([, low]) => low) : values;
  const highs = isBound ? found.map(([, , high]) => high) : values;
  return [median, Math.min(...lows), Math.max(...highs)];
}
