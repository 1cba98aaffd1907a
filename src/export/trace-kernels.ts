// The device's part of a sample: a slice of its queue where the device's timestamps could be placed on the CPU's scale, and an
// arrow to it from the submission. Where they could not, the reason; a place is never guessed.
import type { Available } from '../base/availability.ts';
import { type FlowEvent, knownArgs, microseconds, type SliceEvent } from './trace-events.ts';
import type { PlacedRun, PlacedSample } from './trace-placement.ts';
import type { Place } from './trace-samples.ts';
import type { TraceTrack } from './trace-tracks.ts';

/** A kernel on its queue, or why there is none. */
export type DrawnKernel =
  | { readonly slice: SliceEvent; readonly startNs: number; readonly gpuNs: number }
  | { readonly slice: null; readonly reason: string; readonly gpuNs: number | null };

/** Draws the kernel of a sample on the track of its queue. */
export function drawKernel(
  { result, run, index }: PlacedSample,
  { originNs }: PlacedRun,
  { pid, queue, calibratedClock }: { pid: number; queue: TraceTrack; calibratedClock: Available<string> },
): DrawnKernel {
  const { samples } = run;
  const gpuNs = samples.gpuNs[index] ?? null;
  const deviceStartNs = samples.deviceStartNs[index] ?? null;
  if (gpuNs === null) return { slice: null, gpuNs, reason: 'the device time of this sample is not known' };
  if (deviceStartNs === null) {
    const why = calibratedClock.available
      ? 'this sample has no place on the clock of the CPU'
      : calibratedClock.reason;
    return { slice: null, gpuNs, reason: `when the device began is not known: ${why}` };
  }
  const startNs = originNs + deviceStartNs;
  const lane = queue.place(startNs, startNs + gpuNs);
  if (lane === null) return { slice: null, gpuNs, reason: 'too many kernels overlap' };
  const overlapNs = lane.overlapNs > 0 ? lane.overlapNs : null;
  const args = knownArgs({
    sample: index,
    run: run.run,
    iterations: run.iterations,
    gpuNs,
    uncertaintyNs: samples.splitUncertaintyNs[index],
    overlapNs,
  });
  return {
    startNs,
    gpuNs,
    slice: {
      ph: 'X',
      cat: 'gpu',
      name: result.id,
      pid,
      tid: lane.tid,
      ts: microseconds(startNs),
      dur: microseconds(gpuNs),
      args,
    },
  };
}

/** The arrow from a submission to its kernel; none where the kernel seems to begin earlier, which no arrow can show. */
export function flowOf(
  sample: PlacedSample,
  from: Place,
  { slice }: { readonly slice: SliceEvent },
  id: number,
): readonly FlowEvent[] {
  const ts = microseconds(sample.startNs);
  if (slice.ts < ts) return [];
  const { pid, tid } = slice;
  const same = { cat: 'submission', name: 'submission', id } as const;
  return [
    { ph: 's', ...same, ...from, ts },
    { ph: 'f', bp: 'e', ...same, pid, tid, ts: slice.ts },
  ];
}
