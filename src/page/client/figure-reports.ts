// A metric of one case over all reports, in their order, with intervals: what changed from report to report. Serves 2 and 200.
function drawReports(place: HTMLElement, one: PageCase): void {
  const metrics = [...new Set(one.results.flatMap((result) => Object.keys(result?.metrics ?? {})))];
  let metric = preferredMetric(one, metrics);
  const choices = metrics.map((id) => ({ value: id, label: metricWords(id).label }));
  const choice = makeSelect('metric', choices, metric, (value) => {
    metric = value;
    mounted.rebuild();
  });
  place.append(make('div', { class: 'controls' }, choice));
  const mounted = mountPlot(place, 'A metric over the reports', 260, () => reportsPlan(one, metric));
}

function preferredMetric(one: PageCase, metrics: readonly string[]): string {
  const wanted =
    one.kind === 'latency' ? ['wallTime', 'gpuTime'] : ['gpuTime', 'wallTime', 'bandwidth', 'arithmetic'];
  return wanted.find((id) => metrics.includes(id)) ?? metrics[0] ?? 'wallTime';
}

function reportsPlan(one: PageCase, metric: string): PlotPlan | null {
  const estimates = one.results.map((result) => metricOf(result, metric));
  const known = estimates.filter((estimate): estimate is PageEstimate => estimate !== null);
  if (known.length === 0) return null;
  const { unit, label } = metricWords(metric);
  const stroke = colourOf('accent');
  return {
    data: [estimates.map((_, index) => index + 1), estimates.map((estimate) => estimate?.[0] ?? null)],
    groups: [],
    options: {
      series: [
        {},
        { label, stroke, width: 1, spanGaps: true, points: { show: true, size: 6, fill: stroke } },
      ],
      scales: {
        x: { time: false, range: (_plot, min, max) => [min - 0.5, max + 0.5] },
        y: { range: () => paddedRange(known) },
      },
      axes: [
        { ...plotAxis({ label: 'report', ticks: plainTicks }), incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
        plotAxis({ label, ticks: ticksOf(unit, one.itemName), side: 3 }),
      ],
      hooks: { draw: [(plot: Plot) => paintIntervals(plot, estimates, stroke)] },
    },
    describe: (index) => reportWords(one, index, metric),
  };
}

/** All intervals, and a tenth more; zero only where it is near. */
function paddedRange(known: readonly PageEstimate[]): [number, number] {
  const low = Math.min(...known.map((estimate) => estimate[1]));
  const high = Math.max(...known.map((estimate) => estimate[2]));
  const pad = (high - low || Math.abs(high) || 1) / 10;
  return [low >= 0 ? Math.max(0, low - pad) : low - pad, high + pad];
}

function paintIntervals(plot: Plot, estimates: readonly (PageEstimate | null)[], stroke: string): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  estimates.forEach((estimate, index) => {
    if (estimate === null) return;
    const x = plot.valToPos(index + 1, 'x', true);
    ctx.moveTo(x, plot.valToPos(estimate[1], 'y', true));
    ctx.lineTo(x, plot.valToPos(estimate[2], 'y', true));
  });
  ctx.stroke();
  ctx.restore();
}

function reportWords(one: PageCase, index: number, metric: string): PlotWords | null {
  const report = pageState.data.reports[index];
  const estimate = metricOf(one.results[index], metric);
  if (report === undefined || estimate === null) return null;
  const lines = [
    { label: metricWords(metric).label, value: estimateText(metric, estimate, one.itemName) },
    { label: 'device', value: report.device ?? '–' },
    { label: 'started', value: report.startedAt ?? '–' },
  ];
  return { heading: `${index + 1}: ${reportLabel(index)}`, lines };
}
