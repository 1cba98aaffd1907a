// How many iterations go into one submission, so that a sample is long against the clocks and short
// against watchdogs. Pure.

/** A sample should last about this long: a thousand times the cost of the snapshots around it. */
const TARGET_SAMPLE_NS = 4e6;
/** Recorded commands cost memory and time before the first sample. */
const MAX_ITERATIONS = 4096;

/**
 * @param iterationNs Time of one iteration, measured warm; 0 or less where the clock could not tell.
 */
export function iterationsFor(kind: 'throughput' | 'latency', iterationNs: number): number {
  if (kind === 'latency') return 1;
  if (!(iterationNs > 0)) return MAX_ITERATIONS;
  return Math.min(MAX_ITERATIONS, Math.max(1, Math.round(TARGET_SAMPLE_NS / iterationNs)));
}
