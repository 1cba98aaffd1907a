// What explains the difference over all cases: each counts the same, in shares of its own baseline. First version: signature.
import { type Available, unavailable } from '../base/availability.ts';
import type { ComparedCase, OverallExplanation } from './comparison.ts';

/** Adds up the explanations of the cases that have one. */
export function explainOverall(_cases: readonly ComparedCase[]): Available<OverallExplanation> {
  return unavailable('no case is explained');
}
