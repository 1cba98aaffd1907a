// A sample as slices of the measuring thread: what it is called, with the submission and the wait inside of it. What is unknown
// is left out of the arguments, and never drawn.

import { knownArgs, microseconds, type SliceEvent, type TraceArgs } from './trace-events.ts';
import type { PlacedSample } from './trace-placement.ts';

/** Where a sample is drawn. */
export interface Place {
  readonly pid: number;
  readonly tid: number;
}

/**
 * The slices of a sample, the outermost first.
 *
 * @param told What else is known of it.
 */
export function sampleSlices(sample: PlacedSample, place: Place, told: TraceArgs): readonly SliceEvent[] {
  const { result, run, index, startNs } = sample;
  const { samples, waitMode } = run;
  const wallNs = samples.wallNs[index] as number;
  const submitNs = samples.submitNs[index] ?? null;
  const slice = (
    name: string,
    cat: string,
    fromNs: number,
    lengthNs: number,
    args?: TraceArgs,
  ): SliceEvent => ({
    ph: 'X',
    cat,
    name,
    ...place,
    ts: microseconds(fromNs),
    dur: microseconds(lengthNs),
    ...(args === undefined || Object.keys(args).length === 0 ? {} : { args }),
  });
  const whole = slice(result.id, 'sample', startNs, wallNs, { ...sampleArgs(sample), ...told });
  if (submitNs === null) return [whole];
  // A submission that is said to be longer than its sample is cut: slices nest.
  const insideNs = Math.min(submitNs, wallNs);
  const cut = submitNs > wallNs ? { submitNs, cutNs: submitNs - wallNs } : undefined;
  return [
    whole,
    slice('vkQueueSubmit', 'host', startNs, insideNs, cut),
    slice(waitMode === null ? 'wait' : `wait (${waitMode})`, 'host', startNs + insideNs, wallNs - insideNs),
  ];
}

/** The clocks of a sample that explain its length. */
function sampleArgs({ run, index }: PlacedSample): TraceArgs {
  const { samples, iterations } = run;
  const value = (column: keyof typeof samples): number | null => samples[column][index] ?? null;
  return knownArgs({
    sample: index,
    run: run.run,
    iterations,
    wallNs: value('wallNs'),
    gpuNs: value('gpuNs'),
    submitNs: value('submitNs'),
    queueNs: value('queueNs'),
    wakeUpNs: value('wakeUpNs'),
    splitUncertaintyNs: value('splitUncertaintyNs'),
    stealLowNs: value('stealLowNs'),
    stealHighNs: value('stealHighNs'),
    correctedLowNs: value('correctedLowNs'),
    correctedHighNs: value('correctedHighNs'),
    cpuNs: value('cpuNs'),
    runQueueNs: value('runQueueNs'),
    throttledNs: value('throttledNs'),
    startCpu: value('startCpu'),
    endCpu: value('endCpu'),
  });
}
