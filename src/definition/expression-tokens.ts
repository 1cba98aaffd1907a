// The words of an expression: numbers with their suffixes, names and signs. Knows no grammar.
import { GuestmarkError } from '../base/errors.ts';
import { parseQuantity } from '../base/units.ts';

export type ExpressionToken =
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const TOKEN =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:Ki|Mi|Gi|Ti)?)(?![\w.])|([A-Za-z_]\w*)|([-+*/()]))\s*/y;

/**
 * Splits an expression.
 *
 * @throws GuestmarkError (usage) at a character that no expression has.
 */
export function expressionTokens(text: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw strangeCharacter(text, at);
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, number, name, sign]: RegExpExecArray): ExpressionToken {
  if (number !== undefined) return { kind: 'number', text: number, value: parseQuantity(number) };
  return name === undefined ? { kind: 'sign', text: sign as string } : { kind: 'name', text: name };
}

function strangeCharacter(text: string, at: number): GuestmarkError {
  const rest = text.slice(at).trim().slice(0, 12);
  return new GuestmarkError(
    'usage',
    `Cannot evaluate "${text.slice(0, 80)}": "${rest}" is no number, name or sign`,
    {
      hint: 'write numbers (Ki, Mi, Gi), axis names, + - * / and ( )',
    },
  );
}
