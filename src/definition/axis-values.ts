// The values of an axis as people write them: 1Mi, 16Mi or as a range, 1Mi..64Mi*4 (each four times the last),
// 0..100+10 (each ten more) and 1..8 (each one more). The same in pragmas, suite files and on the command line.
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
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
  const values = new Set<number>();
  for (const part of text.split(',')) {
    for (const value of part.includes('..') ? range(part.trim()) : [single(part, text)]) values.add(value);
    if (values.size > MOST_VALUES) throw refusal(text, `it has more than ${MOST_VALUES} values`);
  }
  return [...values];
}

function single(part: string, text: string): number {
  if (part.trim() === '') throw refusal(text, 'a value is empty');
  // -0 and 0 are one value, and would be two cases of the same name.
  return evaluate(parseExpression(part), {}) + 0;
}

const NUMBER = String.raw`\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:Ki|Mi|Gi|Ti)?)\s*`;
const RANGE = new RegExp(`^${NUMBER}\\.\\.${NUMBER}(?:([*+])${NUMBER})?$`);

/** The pattern takes squares of time over many digits. */
const LONGEST_RANGE = 200;

function range(part: string): readonly number[] {
  if (part.length > LONGEST_RANGE) throw refusal(part, `it is longer than ${LONGEST_RANGE} characters`);
  const [, from, to, sign = '+', by = '1'] = RANGE.exec(part) ?? [];
  if (from === undefined || to === undefined || part.includes('...'))
    throw refusal(part, 'it is not of the form 1Mi..64Mi*4, 0..100+10 or 1..8');
  const [start, end, step] = [from, to, by].map(parseQuantity) as [number, number, number];
  if (![start, end, step].every(Number.isFinite)) throw refusal(part, 'a number is larger than any');
  if (end < start) throw refusal(part, 'its end is below its start');
  return sign === '*' ? powers(part, start, end, step) : steps(part, start, end, step);
}

/** An end that a rounding error puts beyond the last step still counts. */
const ROUNDING = 1e-9;

function powers(part: string, from: number, to: number, factor: number): readonly number[] {
  if (!(factor > 1)) throw refusal(part, 'its factor is not more than 1');
  if (!(from > 0)) throw refusal(part, 'it multiplies from a start that is not above 0');
  const values: number[] = [];
  for (let value = from; value <= to * (1 + ROUNDING); value *= factor) push(values, value, part);
  return values;
}

function steps(part: string, from: number, to: number, step: number): readonly number[] {
  if (!(step > 0)) throw refusal(part, 'its step is not more than 0');
  const values: number[] = [];
  for (let index = 0; from + index * step <= to + ROUNDING * step; index++)
    push(values, from + index * step, part);
  return values;
}

function push(values: number[], value: number, part: string): void {
  if (values.length >= MOST_VALUES) throw refusal(part, `it has more than ${MOST_VALUES} values`);
  values.push(withoutRounding(value));
}

/** 0.3 and not 0.30000000000000004: values are part of a case's name. */
function withoutRounding(value: number): number {
  return (Number.isInteger(value) ? value : Number(value.toPrecision(12))) + 0;
}

function refusal(text: string, state: string): GuestmarkError {
  return new GuestmarkError('usage', `Cannot read axis values "${shownText(text)}": ${state}`, {
    hint: 'write 1Mi,16Mi or a range: 1Mi..64Mi*4, 0..100+10, 1..8',
  });
}
