// Why the mean wall times of a case differ: which part of the wall time grew, and by how much. First version: signatures.
import { type Available, unavailable } from '../base/availability.ts';
import type { RunEvidence } from '../evidence/evidence.ts';
import type { CaseExplanation, CompareOptions } from './comparison.ts';

/** How a case is explained. */
export interface ExplainOptions
  extends Pick<CompareOptions, 'seed' | 'resamples' | 'confidence' | 'noiseFloor'> {
  /** Contender over baseline of the median wall times: said where it contradicts the means. */
  readonly medianWallRatio?: number;
}

/** Explains the difference of two sides. */
export function explainCase(
  _baseline: readonly RunEvidence[],
  _contender: readonly RunEvidence[],
  _options: ExplainOptions,
): Available<CaseExplanation> {
  return unavailable('no run has parts');
}
