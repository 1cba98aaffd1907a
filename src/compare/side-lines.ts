// What stands at the head of a comparison: who is compared with whom, on what, and by which rules. Pure text; foreign words are
// cut to a length that leaves the rest readable, and escaped by those who lay them out.
import type { Available } from '../base/availability.ts';
import { printable } from '../report/display-width.ts';
import type { Comparison, SideRecord } from './comparison.ts';
import { counted, gathered, NONE } from './comparison-words.ts';

/** A word and what it says. */
export type Line = readonly [word: string, text: string];

/** Foreign text on one line, of at most `most` characters; the whole is in the JSON. */
export function shown(text: string, most = 200): string {
  // A character is at most two units long; what comes after that many is not looked at.
  const isShort = text.length <= 2 * most;
  const characters = [...printable(text.slice(0, 2 * most))];
  return isShort && characters.length <= most
    ? characters.join('')
    : `${characters.slice(0, most - 1).join('')}…`;
}

/** Both sides, how they were collected, and the rules. */
export function headLines(comparison: Comparison): readonly Line[] {
  const { baseline, contender, collection } = comparison;
  return [
    ['baseline', sideText(baseline)],
    ['', factsText(baseline)],
    ['contender', sideText(contender)],
    ['', factsText(contender)],
    ['collected', shown(collection.statement, 600)],
    ['rules', rulesText(comparison)],
  ];
}

function sideText({ label, reports, runs }: SideRecord): string {
  return `${shown(label)}: ${counted(reports.length, 'report')}, ${counted(runs, 'run')}`;
}

type Facts = SideRecord['reports'][number];

/** What the reports of a side say of their machine; several values where they differ. */
function factsText({ reports }: SideRecord): string {
  const of = (word: string, pick: (facts: Facts) => Available<string>): readonly [string, string] => [
    word,
    known(reports.map(pick)),
  ];
  const software = reports.some((facts) => facts.software) ? 'SOFTWARE DEVICE, no GPU: ' : '';
  const said = [
    of('device', ({ device }) => device),
    of('driver', ({ driver }) => driver),
    of('hypervisor', ({ hypervisor }) => hypervisor),
    of('attachment', ({ attachment }) => attachment),
    of('host', ({ hostname }) => hostname),
  ];
  // What is unknown for one reason is told together.
  return (
    software +
    gathered(said)
      .map(([text, words]) => `${words.join(', ')} ${text}`)
      .join('; ')
  );
}

const MOST_VALUES = 3;

/** `NVIDIA 550.54.15`, or why nobody knows. */
function known(values: readonly Available<string>[]): string {
  const found = distinct(values.flatMap((one) => (one.available ? [one.value] : [])));
  const reason = values.flatMap((one) => (one.available ? [] : [one.reason]))[0];
  if (found.length === 0) return `${NONE} (${shown(reason ?? 'no report says so')})`;
  const rest = found.length - MOST_VALUES;
  const listed = found.slice(0, MOST_VALUES).map((value) => shown(value));
  return `${listed.join(' | ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function rulesText({ options, cases }: Comparison): string {
  const { noiseFloor, confidence, alpha, resamples, seed } = options;
  const percent = (ratio: number): string => `${Number((ratio * 100).toPrecision(4))} %`;
  return (
    `ratio = contender / baseline with its ${percent(confidence)} interval; same within ±${percent(noiseFloor)}; ` +
    `p by Holm over ${counted(cases.length, 'case')}, alpha ${percent(alpha)}; ${resamples} resamples, seed ${seed}`
  );
}
