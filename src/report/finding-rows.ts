// How a finding reads in a table: its value, how sure that is, and where it comes from; or why nobody knows. Knows no
// particular fact.
import { ownValue } from '../base/own-value.ts';
import type { Finding } from '../virt/finding.ts';
import type { Row } from './columns.ts';

/** What is printed of a fact: its name, the finding, and its value in words. */
export type LabelledFinding = readonly [label: string, finding: Finding<string>];

/** What the kernel answers instead of a file, for people. */
const ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'not there',
  EACCES: 'not readable without more rights',
  EPERM: 'not readable without more rights',
  EISDIR: 'a folder',
  ENOTDIR: 'not there',
};

/** `/proc/config.gz: ENOENT` becomes `/proc/config.gz: not there`. */
function inWords(reason: string): string {
  return reason.replace(/(?<=: )E[A-Z]{3,11}\b/g, (code) => ownValue(ERRORS, code) ?? code);
}

/** A finding with its value in words. */
export function worded<T>(finding: Finding<T>, text: (value: T) => string): Finding<string> {
  return finding.available ? { ...finding, value: text(finding.value) } : finding;
}

/** Yes or no. */
export function yesOrNo(finding: Finding<boolean>): Finding<string> {
  return worded(finding, (value) => (value ? 'yes' : 'no'));
}

/** A list; an empty one is a fact too. `between` where commas stand in the texts. */
export function orNone(texts: readonly string[], between = ', '): string {
  return texts.length === 0 ? 'none' : texts.join(between);
}

/**
 * Label, value, and where it comes from unless that is left out; what is certain goes without saying so, and what is not
 * has its evidence beside it.
 */
export function findingRow([label, finding]: LabelledFinding, withSources: boolean): Row {
  if (!finding.available) {
    const reason = { text: inWords(finding.reason), style: 'quiet' } as const;
    return { cells: withSources ? [label, '–', reason] : [label, { ...reason, text: `– ${reason.text}` }] };
  }
  const { value, source, confidence } = finding;
  if (withSources) {
    const text = confidence === 'certain' ? value : `${value} (${confidence})`;
    const painted = confidence === 'claimed' ? ({ text, style: 'caution' } as const) : text;
    return { cells: [label, painted, { text: source, style: 'quiet' }] };
  }
  if (confidence === 'certain') return { cells: [label, value] };
  const text = `${value} (${confidence}, by ${source})`;
  return { cells: [label, confidence === 'claimed' ? { text, style: 'caution' } : text] };
}
