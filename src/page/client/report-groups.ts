// Reports that figures show as one: the two sides of a comparison, else the chosen report. A value of several reports is their
// median, between the least and the largest end, as in the static figures.
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

/** A metric of a case over a group; null where none of its reports has it. */
function groupEstimate(one: PageCase, group: ReportGroup, metric: string): PageEstimate | null {
  const found = group.reports.flatMap((report) => {
    const estimate = one.results[report]?.metrics[metric];
    return estimate === undefined ? [] : [estimate];
  });
  const [first] = found;
  if (first === undefined || found.length === 1) return first ?? null;
  const values = found.map(([value]) => value).sort((a, b) => a - b);
  const middle = (values.length - 1) / 2;
  const median = ((values[Math.floor(middle)] as number) + (values[Math.ceil(middle)] as number)) / 2;
  return [median, Math.min(...found.map((one) => one[1])), Math.max(...found.map((one) => one[2]))];
}
