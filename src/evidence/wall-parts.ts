// A placeholder on the work branch only: the mean wall time of a run, and none of the parts that it is made of.
import type { SampledRun } from '../report/case-samples.ts';
import type { PartMean } from './evidence.ts';

/** The mean wall time per iteration in ns; no parts yet. */
export function wallParts(
  run: SampledRun,
  _isSoftwareDevice: boolean,
): { readonly wallMeanNs: number; readonly parts: readonly PartMean[] } {
  const { wallNs } = run.samples;
  const sumNs = wallNs.reduce((sum, ns) => sum + ns, 0);
  return { wallMeanNs: sumNs / wallNs.length / run.iterations, parts: [] };
}
