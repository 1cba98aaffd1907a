// What frames the samples of a run: the run itself and its cases as slices of a track, and stalls of the machine as slices of
// another. When a case began before its first sample is not known, and so not drawn.
import type { Stall } from '../timing/stall.ts';
import { knownArgs, microseconds, type SliceEvent, type TraceArgs } from './trace-events.ts';
import type { PlacedRun, PlacedSample } from './trace-placement.ts';
import type { TraceTrack, TraceTracks } from './trace-tracks.ts';

/** From the first sample of a case to the end of its last. */
export interface CaseSpan extends Pick<PlacedSample, 'result' | 'run'> {
  startNs: number;
  endNs: number;
}

/** The cases of a run, in the order of time. */
export function caseSpans({ samples }: PlacedRun): readonly CaseSpan[] {
  const spans = new Map<PlacedSample['run'], CaseSpan>();
  for (const { result, run, startNs, endNs } of samples) {
    const span = spans.get(run);
    if (span === undefined) spans.set(run, { result, run, startNs, endNs });
    else span.endNs = Math.max(span.endNs, endNs);
  }
  return [...spans.values()];
}

/** The run from the start of its process to its end, and its cases within. */
export function* frameSlices(
  run: PlacedRun,
  spans: readonly CaseSpan[],
  tracks: TraceTracks,
): Iterable<SliceEvent> {
  const { process, originNs } = run;
  if (process === null && spans.length === 0) return;
  const startNs = spans.reduce(
    (least, span) => Math.min(least, span.startNs),
    process === null ? Number.POSITIVE_INFINITY : originNs,
  );
  const processEndNs = process === null ? 0 : originNs + process.wallNs;
  const endNs = spans.reduce((most, span) => Math.max(most, span.endNs), processEndNs);
  const whole = tracks.track('runs');
  yield* placed(
    whole,
    tracks.pid,
    run.label,
    { startNs, endNs },
    {
      ...knownArgs({
        processes: run.processes,
        pid: process?.pid,
        end: process?.end,
        startedAt: process?.startedAt,
      }),
    },
  );
  const cases = tracks.track('cases, from the first sample to the last');
  for (const span of spans) yield* placed(cases, tracks.pid, span.result.id, span, caseArgs(span));
}

function caseArgs({ result, run }: CaseSpan): TraceArgs {
  const { samplingSteal, iterations, waitMode, stopReason, caseWallNs, warmUpSubmissions } = run;
  return knownArgs({
    benchmark: result.benchmark,
    kind: result.kind,
    axes: result.axes,
    samples: run.samples.wallNs.length,
    iterations,
    waitMode,
    stopReason,
    warmUpSubmissions,
    caseWallNs,
    stealCeilingNs: samplingSteal.available ? samplingSteal.value.ceilingNs : null,
  });
}

/** Stalls that a watch on another CPU saw; one that lies in two cases is drawn once. */
export function* stallSlices(
  { originNs }: PlacedRun,
  spans: readonly CaseSpan[],
  tracks: TraceTracks,
): Iterable<SliceEvent> {
  const track = tracks.track('stalls of a watched CPU');
  const all = spans.flatMap(({ run }) => (run.stalls.available ? run.stalls.value : []));
  const once = new Map(all.map((stall) => [`${stall.startNs} ${stall.durationNs}`, stall]));
  for (const stall of [...once.values()].sort((a, b) => a.startNs - b.startNs)) {
    const startNs = originNs + stall.startNs;
    const span = { startNs, endNs: startNs + stall.durationNs };
    yield* placed(track, tracks.pid, `stall: ${stall.cause}`, span, stallArgs(stall));
  }
}

function stallArgs({ cause, durationNs, ledger }: Stall): TraceArgs {
  return { cause, durationNs, ...(ledger.available ? ledger.value : { ledger: ledger.reason }) };
}

function* placed(
  track: TraceTrack,
  pid: number,
  name: string,
  { startNs, endNs }: { readonly startNs: number; readonly endNs: number },
  args: TraceArgs,
): Iterable<SliceEvent> {
  const lane = track.place(startNs, endNs);
  if (lane === null) return;
  const ts = microseconds(startNs);
  yield { ph: 'X', cat: 'frame', name, pid, tid: lane.tid, ts, dur: microseconds(endNs - startNs), args };
}
