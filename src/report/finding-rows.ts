// How a finding reads in a table: its value, how sure that is, and where it comes from; or why nobody knows. Knows no
// particular fact.
import type { Finding } from '../virt/finding.ts';
import type { Row } from './columns.ts';

/** What is printed of a fact: its name, the finding, and its value in words. */
export type LabelledFinding = readonly [label: string, finding: Finding<string>];

/** A finding with its value in words. */
export function worded<T>(finding: Finding<T>, inWords: (value: T) => string): Finding<string> {
  return finding.available ? { ...finding, value: inWords(finding.value) } : finding;
}

/** Yes or no. */
export function yesOrNo(finding: Finding<boolean>): Finding<string> {
  return worded(finding, (value) => (value ? 'yes' : 'no'));
}

/** Label, value, evidence; what is certain goes without saying so. */
export function findingRow([label, finding]: LabelledFinding): Row {
  if (!finding.available) return { cells: [label, '–', { text: finding.reason, style: 'quiet' }] };
  const { value, source, confidence } = finding;
  const text = confidence === 'certain' ? value : `${value} (${confidence})`;
  return {
    cells: [
      label,
      confidence === 'claimed' ? { text, style: 'caution' } : text,
      { text: source, style: 'quiet' },
    ],
  };
}
