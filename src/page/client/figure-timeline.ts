// Dispatches on one time axis: what the host did, what the device did, what was withheld meanwhile, and the gaps between. Steal
// and run-queue wait are known as amounts within a dispatch, not as places: their bars end where it ends.
const TIMELINE_LANES = ['host', 'device', 'steal', 'run queue', 'gap'] as const;

function drawTimeline(place: HTMLElement, one: PageCase): void {
  place.append(makeTimelineKey());
  mountPlot(place, 'Dispatches on the time axis', 230, () => timelinePlan(chosenResult(one)?.timeline ?? []));
}

function makeTimelineKey(): HTMLElement {
  const entries: readonly (readonly [ColourName, string])[] = [
    ['submitTime', 'submit'],
    ['wallTime', 'waiting for the end'],
    ['gpuTime', 'device works'],
    ['steal', 'stolen: dark at least, light at most'],
    ['runQueue', 'run-queue wait'],
    ['quiet', 'gap between dispatches'],
  ];
  return make(
    'ul',
    { class: 'colours' },
    ...entries.map(([colour, label]) => make('li', {}, makeSwatch(colour), label)),
  );
}

function timelinePlan(timeline: readonly PageDispatch[]): PlotPlan | null {
  if (timeline.length === 0) return null;
  const starts = timeline.map(({ startNs }) => startNs);
  const end = Math.max(...timeline.map(({ startNs, wallNs }) => startNs + wallNs));
  const xs = [...starts, end];
  const lanes = TIMELINE_LANES.length;
  return {
    data: [xs, xs.map(() => null)],
    groups: [],
    options: {
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      scales: {
        x: { time: false, range: (_plot, min, max) => [min, max] },
        y: { range: [0, lanes] },
      },
      axes: [plotAxis({ label: 'since the first dispatch', ticks: nsTicks }), laneAxis()],
      hooks: { draw: [(plot: Plot) => paintTimeline(plot, timeline)] },
    },
    describe: (_index, x) => timelineWords(x, timeline),
  };
}

/** The names of the lanes, the first at the top. */
function laneAxis(): PlotAxis {
  const lanes = TIMELINE_LANES.length;
  return {
    ...plotAxis({ label: '', ticks: plainTicks, side: 3, size: 76 }),
    labelSize: 0,
    grid: { show: false },
    splits: () => TIMELINE_LANES.map((_, index) => lanes - index - 0.5),
    values: () => [...TIMELINE_LANES],
  };
}

/** One bar of a lane. */
interface TimelineBar {
  readonly lane: number;
  readonly startNs: number;
  readonly ns: number;
  readonly colour: ColourName;
  readonly alpha: number;
}

function paintTimeline(plot: Plot, timeline: readonly PageDispatch[]): void {
  const { ctx, bbox } = plot;
  const laneHeight = bbox.height / TIMELINE_LANES.length;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  timeline.forEach((dispatch, index) => {
    for (const bar of timelineBars(dispatch, timeline[index + 1])) {
      const from = plot.valToPos(bar.startNs, 'x', true);
      const to = plot.valToPos(bar.startNs + bar.ns, 'x', true);
      if (to < bbox.left || from > bbox.left + bbox.width) continue;
      ctx.globalAlpha = bar.alpha;
      ctx.fillStyle = colourOf(bar.colour);
      // A bar that is too short for the screen is still there.
      ctx.fillRect(from, bbox.top + (bar.lane + 0.2) * laneHeight, Math.max(1, to - from), 0.6 * laneHeight);
    }
  });
  ctx.restore();
}

function timelineBars(dispatch: PageDispatch, next: PageDispatch | undefined): readonly TimelineBar[] {
  const { startNs, wallNs, submitNs, deviceStartNs, gpuNs, stealLowNs, stealHighNs, runQueueNs } = dispatch;
  const bar = (
    lane: number,
    from: number,
    ns: number | null,
    colour: ColourName,
    alpha = 1,
  ): readonly TimelineBar[] => (ns === null || ns <= 0 ? [] : [{ lane, startNs: from, ns, colour, alpha }]);
  const endNs = startNs + wallNs;
  const gap = next === undefined ? null : next.startNs - endNs;
  return [
    ...bar(0, startNs, wallNs, 'wallTime', 0.45),
    ...bar(0, startNs, submitNs, 'submitTime'),
    ...(deviceStartNs === null ? [] : bar(1, deviceStartNs, gpuNs, 'gpuTime')),
    ...bar(2, endNs - (stealHighNs ?? 0), stealHighNs, 'steal', 0.35),
    ...bar(2, endNs - (stealLowNs ?? 0), stealLowNs, 'steal'),
    ...bar(3, endNs - (runQueueNs ?? 0), runQueueNs, 'runQueue'),
    ...bar(4, endNs, gap, 'quiet', 0.6),
  ];
}

/** What is known of the dispatch under a place of the axis, or of the gap behind it. */
function timelineWords(x: number, timeline: readonly PageDispatch[]): PlotWords | null {
  let index = timeline.length - 1;
  while (index > 0 && (timeline[index]?.startNs ?? 0) > x) index -= 1;
  const dispatch = timeline[index];
  if (dispatch === undefined) return null;
  const next = timeline[index + 1];
  const line = (label: string, ns: number | null, colour: ColourName): readonly TooltipLine[] =>
    ns === null ? [] : [{ label, value: exactNs(ns), colour: colour }];
  const { startNs, wallNs } = dispatch;
  return {
    heading: `dispatch ${index + 1} of ${timeline.length}, at ${formatNs(startNs)}`,
    lines: [
      ...line('wall time', wallNs, 'wallTime'),
      ...line('submit', dispatch.submitNs, 'submitTime'),
      ...line('device time', dispatch.gpuNs, 'gpuTime'),
      ...line('stolen, at least', dispatch.stealLowNs, 'steal'),
      ...line('stolen, at most', dispatch.stealHighNs, 'steal'),
      ...line('run-queue wait', dispatch.runQueueNs, 'runQueue'),
      ...line('gap to the next', next === undefined ? null : next.startNs - startNs - wallNs, 'quiet'),
    ],
  };
}
