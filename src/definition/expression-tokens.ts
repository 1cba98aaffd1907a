// The words of an expression: numbers with their suffixes, names and signs. Knows no grammar.
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { parseQuantity } from '../base/units.ts';

export type ExpressionToken =
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const TOKEN =
  /\s*(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:Ki|Mi|Gi|Ti)?)(?![\w.])|([A-Za-z_]\w*)|([-+*/()]))\s*/y;

/** What an expression may have, for hints. */
export const EXPRESSION_FORM = 'write numbers (Ki, Mi, Gi), axis names, + - * / and ( )';

/** The error for an expression that cannot be read or has no value. */
export function expressionError(text: string, state: string, hint?: string): GuestmarkError {
  const details = hint === undefined ? {} : { hint };
  const shown = shownText(state, 300);
  return new GuestmarkError('usage', `Cannot evaluate "${shownText(text)}": ${shown}`, details);
}

/**
 * Splits an expression.
 *
 * @throws GuestmarkError (usage) at a character that no expression has, and for a number that no double holds.
 */
export function expressionTokens(text: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) throw strangeCharacter(text, at);
    tokens.push(tokenOf(text, match));
  }
  return tokens;
}

function tokenOf(text: string, [, number, name, sign]: RegExpExecArray): ExpressionToken {
  if (name !== undefined) return { kind: 'name', text: name };
  if (number === undefined) return { kind: 'sign', text: sign as string };
  const value = parseQuantity(number);
  // An infinity would not survive being sent to another process.
  if (!Number.isFinite(value)) throw expressionError(text, `${shownText(number)} is larger than any number`);
  return { kind: 'number', text: number, value };
}

function strangeCharacter(text: string, at: number): GuestmarkError {
  const rest = shownText(text.slice(at).trim().slice(0, 12));
  return expressionError(text, `"${rest}" is no number, name or sign`, EXPRESSION_FORM);
}
