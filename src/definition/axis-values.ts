// The values of an axis as people write them: 1Mi, 16Mi or as a range, 1Mi..64Mi*4 (each four times the last),
// 0..100+10 (each ten more) and 1..8 (each one more). The same in pragmas, suite files and on the command line.
import { GuestmarkError } from '../base/errors.ts';
import { parseQuantity } from '../base/units.ts';
import { evaluate, parseExpression } from './expression.ts';

/** More cases than anybody waits for. */
const MOST_VALUES = 1000;

/**
 * Parses a list of values and ranges; both ends of a range belong to it, the upper one if a step meets it.
 *
 * @throws GuestmarkError (usage) for anything else, and for a range that never ends.
 */
export function parseAxisValues(text: string): readonly number[] {
  const values = text
    .split(',')
    .flatMap((part) => (part.includes('..') ? range(part.trim()) : [single(part)]));
  if (values.length > MOST_VALUES)
    throw refusal(text, `it has ${values.length} values, more than ${MOST_VALUES}`);
  return [...new Set(values)];
}

function single(part: string): number {
  return evaluate(parseExpression(part), {});
}

function range(part: string): readonly number[] {
  const match = /^(.+?)\.\.(.+?)(?:([*+])(.+))?$/.exec(part);
  if (match === null) throw refusal(part, 'it is not of the form 1Mi..64Mi*4, 0..100+10 or 1..8');
  const [from, to, by] = [match[1] as string, match[2] as string, match[4] ?? '1'].map(parseQuantity) as [
    number,
    number,
    number,
  ];
  if (to < from) throw refusal(part, 'its end is below its start');
  return match[3] === '*' ? powers(part, from, to, by) : steps(part, from, to, by);
}

function powers(part: string, from: number, to: number, factor: number): readonly number[] {
  if (!(factor > 1)) throw refusal(part, 'its factor is not more than 1');
  if (!(from > 0)) throw refusal(part, 'it multiplies from a start that is not above 0');
  const values: number[] = [];
  for (let value = from; value <= to; value *= factor) push(values, value, part);
  return values;
}

/** An end that a rounding error puts beyond the last step still counts. */
const ROUNDING = 1e-9;

function steps(part: string, from: number, to: number, step: number): readonly number[] {
  if (!(step > 0)) throw refusal(part, 'its step is not more than 0');
  const values: number[] = [];
  for (let index = 0; from + index * step <= to + ROUNDING * step; index++)
    push(values, from + index * step, part);
  return values;
}

function push(values: number[], value: number, part: string): void {
  if (values.length >= MOST_VALUES) throw refusal(part, `it has more than ${MOST_VALUES} values`);
  values.push(value);
}

function refusal(text: string, state: string): GuestmarkError {
  return new GuestmarkError('usage', `Cannot read axis values "${text.trim()}": ${state}`, {
    hint: 'write 1Mi,16Mi or a range: 1Mi..64Mi*4, 0..100+10, 1..8',
  });
}
