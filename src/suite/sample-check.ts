// Looks at the output of a case after every sample, for who suspects a device of being wrong now and then: a wrong result
// that a later submission overwrites is gone when sampling ends. Takes time between the samples only; what is right is
// known by verify-case.ts.
import type { CalibratedCase } from './calibrate-case.ts';
import type { CaseRecord } from './case-record.ts';
import type { SampleCheck } from './sample-case.ts';
import type { Session } from './session.ts';
import type { CaseVerifier } from './verify-case.ts';

/** Iterations since the buffers were filled for timing, after so many samples. */
export function iterationsAfter(
  { earlierIterations, warmUpSubmissions, iterations }: CalibratedCase,
  samples: number,
): number {
  return earlierIterations + (warmUpSubmissions + samples) * iterations;
}

/** The check that the user asked for; null where none was asked for, or a note says why there is none. */
export function sampleCheck(
  { options }: Pick<Session, 'options'>,
  { between }: Pick<CaseVerifier, 'between'>,
  calibrated: CalibratedCase,
  { notes }: Pick<CaseRecord, 'notes'>,
): SampleCheck | null {
  if (options.verify === 'around') return null;
  if (!between.available) {
    notes.push(notBetween(between.reason));
    return null;
  }
  const check = between.value;
  return (first, last) => {
    const which = first === last ? `sample ${last}` : `one of the samples ${first} to ${last}`;
    check(iterationsAfter(calibrated, last), `after ${which}`);
  };
}

/** The note of a case whose output is looked at around its samples only. */
export function notBetween(reason: string): string {
  return `its output was checked around the samples only: ${reason}`;
}
