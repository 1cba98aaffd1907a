// What `guestmark compare` is told, from the strings of the command line. Every problem becomes commander's usage error, which
// names the option.
import { InvalidArgumentError } from 'commander';
import { shownText } from '../base/shown-text.ts';
import { parseSelector, type Selector } from '../suite/selector.ts';

/** What may make the command fail although it could compare. */
const FAIL_REASONS = ['slower', 'unclear', 'flags'] as const;

/** One of them. */
export type FailReason = (typeof FAIL_REASONS)[number];

/** A share between two bounds, both left out but 0: `1%`, `1 %` or `0.01`. */
export function share(most: number): (text: string) => number {
  return (text) => {
    const [, digits, percent] = /^(\d+(?:\.\d*)?|\.\d+)\s*(%?)$/.exec(text.trim()) ?? [];
    if (digits === undefined) throw new InvalidArgumentError('It is not of the form 1% or 0.01');
    const value = percent === '' ? Number(digits) : Number(digits) / 100;
    if (value < most) return value;
    const meant =
      percent === '' && Number(digits) / 100 < most ? `; write ${shownText(digits)}% for percent` : '';
    throw new InvalidArgumentError(`It is not less than ${most * 100} %${meant}`);
  };
}

/** A share above 0. */
export function shareAboveZero(most: number): (text: string) => number {
  const parse = share(most);
  return (text) => {
    const value = parse(text);
    if (value > 0) return value;
    throw new InvalidArgumentError('It is not more than 0');
  };
}

/** Adds a list such as `slower,flags` to the reasons given so far. */
export function collectFailReasons(text: string, given: readonly FailReason[] = []): readonly FailReason[] {
  const words = text.split(',').map((word) => word.trim());
  const known = words.filter((word): word is FailReason => FAIL_REASONS.some((one) => one === word));
  if (known.length < words.length)
    throw new InvalidArgumentError(`Allowed are ${FAIL_REASONS.join(', ')}, or several with commas between`);
  return [...new Set([...given, ...known])];
}

/** `bare metal,guest`. */
export function sideLabels(text: string): readonly [baseline: string, contender: string] {
  const [baseline, contender, ...others] = text.split(',').map((label) => label.trim());
  if (!baseline || !contender || others.length > 0)
    throw new InvalidArgumentError('It is not two names with a comma between');
  return [baseline, contender];
}

/** Adds a selector of cases. */
export function collectSelectors(text: string, given: readonly Selector[] = []): readonly Selector[] {
  try {
    return [...given, parseSelector(text)];
  } catch (error) {
    // Its hint speaks of --axis, which these verbs do not have.
    const state = (error as Error).message.slice(`Cannot read selector "${shownText(text)}": `.length);
    throw new InvalidArgumentError(state.startsWith('not ') ? `It is ${state}` : state);
  }
}
