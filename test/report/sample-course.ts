// Runs of a case that lasted, with a course that a test chooses.
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

/** Samples of a run, one every 100 ms for a minute; times are of the whole submission. */
export const SAMPLES = 600;
const APART_NS = 100e6;

/** A run whose device times are given by the number of the sample. */
export function lastingRun(
  gpuNs: (index: number) => number,
  columns: Partial<SampleColumns> = {},
  changes: Partial<CaseRun> = {},
): CaseRun {
  const times = Array.from({ length: SAMPLES }, (_, index) => gpuNs(index));
  return caseRun({
    iterations: 2,
    stopReason: 'lasted',
    samples: sampleColumns(times, { startNs: times.map((_, index) => 5e9 + index * APART_NS), ...columns }),
    ...changes,
  });
}

/** Noise of ± 0.5 %, the same every time. */
export function noise(index: number): number {
  return 0.005 * (2 * ((index * 0.618034) % 1) - 1);
}
