// What `guestmark merge` is told besides what other verbs share, from the strings of the command line. Every problem becomes
// commander's usage error, which names the option.
import { InvalidArgumentError } from 'commander';
import { outFile } from './option-values.ts';

/** What may make the command fail although it could merge. */
const MERGE_FAILURES = ['outliers', 'missing'] as const;

/** One of them. */
export type MergeFailure = (typeof MERGE_FAILURES)[number];

/** Adds a list such as `outliers,missing` to what was given so far. */
export function collectMergeFailures(
  text: string,
  given: readonly MergeFailure[] = [],
): readonly MergeFailure[] {
  const words = text.split(',').map((word) => word.trim());
  const known = words.filter((word): word is MergeFailure => MERGE_FAILURES.some((one) => one === word));
  if (known.length < words.length)
    throw new InvalidArgumentError(`Allowed are ${MERGE_FAILURES.join(', ')}, or both with a comma between`);
  return [...new Set([...given, ...known])];
}

/** The name of a file beside the result, which has standard output to itself. */
export function ownFile(text: string): string {
  if (text === '-')
    throw new InvalidArgumentError('It is standard output, which is for the result: name a file');
  return outFile(text);
}
