// The first dispatches of a case on one axis of time: what the host, the device and the schedulers did. Times of whole
// submissions, since the first of them.
import type { SampledRun } from '../report/case-samples.ts';
import type { SparseColumn } from '../suite/case-run.ts';
import type { PageDispatch } from './page-data.ts';
import { rounded } from './thin-samples.ts';

/** So many are on the page. */
const MOST_DISPATCHES = 100;
/** Nanoseconds since the first dispatch need more digits than durations: a run of 5 s to 1 µs. */
const PLACE_DIGITS = 9;

/** The first dispatches of the first run. */
export function caseTimeline(runs: readonly SampledRun[]): readonly PageDispatch[] {
  const samples = runs[0]?.samples;
  if (samples === undefined) return [];
  const originNs = samples.startNs[0] ?? 0;
  return samples.startNs.slice(0, MOST_DISPATCHES).map((startNs, index): PageDispatch => {
    const deviceStartNs = samples.deviceStartNs[index] ?? null;
    return {
      startNs: rounded(startNs - originNs, PLACE_DIGITS),
      wallNs: rounded(samples.wallNs[index] as number),
      submitNs: at(samples.submitNs, index),
      deviceStartNs: deviceStartNs === null ? null : rounded(deviceStartNs - originNs, PLACE_DIGITS),
      gpuNs: at(samples.gpuNs, index),
      stealLowNs: at(samples.stealLowNs, index),
      stealHighNs: at(samples.stealHighNs, index),
      runQueueNs: at(samples.runQueueNs, index),
    };
  });
}

function at(column: SparseColumn, index: number): number | null {
  const value = column[index] ?? null;
  return value === null ? null : rounded(value);
}
