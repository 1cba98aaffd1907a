// Where the wall time of a run went, as means that add up: stages of a dispatch, and what was withheld from them by the
// hypervisor and by the guest's own scheduler. First version: the stages only.
import type { SampledRun } from '../report/case-samples.ts';
import type { PartMean } from './evidence.ts';

/** The mean wall time of a run and its parts, in ns per iteration. */
export interface WallParts {
  readonly wallMeanNs: number;
  /** In the order of PARTS; what the clocks leave open is missing. */
  readonly parts: readonly PartMean[];
}

/** What an operation in one piece is: a benchmark that copies or maps memory says `copy`. */
export type PieceId = 'call' | 'copy';

/** Takes a run apart. */
export function wallParts(
  { samples, iterations }: SampledRun,
  _isSoftwareDevice: boolean,
  _pieceId: PieceId = 'call',
): WallParts {
  const { wallNs } = samples;
  const sumNs = wallNs.reduce((sum, ns) => sum + ns, 0);
  return { wallMeanNs: sumNs / wallNs.length / iterations, parts: [] };
}
