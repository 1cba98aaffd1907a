// The expressions of pragmas: numbers with Ki, Mi and Gi, names, + - * / and brackets. Parsed into a plain tree and
// evaluated by walking it: nothing that a shader's author writes here is ever executed as code.
import {
  EXPRESSION_FORM,
  type ExpressionToken,
  expressionError,
  expressionTokens,
} from './expression-tokens.ts';

type ExpressionNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negated'; readonly of: ExpressionNode }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    };

/** A parsed expression; plain data. */
export interface Expression {
  /** As it was written. */
  readonly text: string;
  readonly root: ExpressionNode;
}

/** Values by name. */
export type Scope = Readonly<Record<string, number>>;

const LONGEST = 1000;
/** Brackets and signs within each other; deeper ones are no expression that anybody wrote. */
const DEEPEST = 50;

/**
 * Parses an expression.
 *
 * @throws GuestmarkError (usage) for anything else.
 */
export function parseExpression(source: string): Expression {
  const text = source.trim();
  if (text.length > LONGEST) throw expressionError(text, `it is longer than ${LONGEST} characters`);
  const reader = tokenReader(text);
  const root = sum(reader, 0);
  const rest = reader.peek();
  if (rest !== undefined)
    throw expressionError(text, `"${rest.text}" is not expected there`, EXPRESSION_FORM);
  return { text, root };
}

interface TokenReader {
  readonly text: string;
  peek(): ExpressionToken | undefined;
  take(): ExpressionToken;
  /** Takes the next token if it is one of these signs. */
  takeSign(signs: string): string | undefined;
}

function tokenReader(text: string): TokenReader {
  const tokens = expressionTokens(text);
  let at = 0;
  return {
    text,
    peek: () => tokens[at],
    take: () => {
      const token = tokens[at++];
      if (token === undefined)
        throw expressionError(text, text === '' ? 'it is empty' : 'it ends too early', EXPRESSION_FORM);
      return token;
    },
    takeSign: (signs) => {
      const token = tokens[at];
      if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
      at++;
      return token.text;
    },
  };
}

// sum := product (('+' | '-') product)* ; product := factor (('*' | '/') factor)*
function sum(reader: TokenReader, depth: number): ExpressionNode {
  return chain(reader, '+-', () => chain(reader, '*/', () => factor(reader, depth)));
}

function chain(reader: TokenReader, signs: string, next: () => ExpressionNode): ExpressionNode {
  let left = next();
  for (;;) {
    const operator = reader.takeSign(signs) as '+' | '-' | '*' | '/' | undefined;
    if (operator === undefined) return left;
    left = { kind: 'operation', operator, left, right: next() };
  }
}

// factor := number | name | '(' sum ')' | ('-' | '+') factor
function factor(reader: TokenReader, depth: number): ExpressionNode {
  if (depth > DEEPEST) throw expressionError(reader.text, 'it is nested too deeply');
  const token = reader.take();
  if (token.kind === 'number') return { kind: 'number', value: token.value };
  if (token.kind === 'name') return { kind: 'name', name: token.text };
  if (token.text === '-') return { kind: 'negated', of: factor(reader, depth + 1) };
  if (token.text === '+') return factor(reader, depth + 1);
  if (token.text !== '(')
    throw expressionError(reader.text, `"${token.text}" is not expected there`, EXPRESSION_FORM);
  const inner = sum(reader, depth + 1);
  if (reader.takeSign(')') === undefined) throw expressionError(reader.text, 'a ) is missing');
  return inner;
}

/** The names in an expression, each once, in the order of their first use. */
export function namesIn({ root }: Expression): readonly string[] {
  const names = new Set<string>();
  const visit = (node: ExpressionNode): void => {
    if (node.kind === 'name') names.add(node.name);
    else if (node.kind === 'negated') visit(node.of);
    else if (node.kind === 'operation') {
      visit(node.left);
      visit(node.right);
    }
  };
  visit(root);
  return [...names];
}

/**
 * The value of an expression.
 *
 * @throws GuestmarkError (usage) for a name that is not in `scope`, a division by zero, or a value that is no finite number.
 */
export function evaluate(expression: Expression, scope: Scope): number {
  return finite(nodeValue(expression.root, scope, expression.text), expression.text);
}

function nodeValue(node: ExpressionNode, scope: Scope, text: string): number {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'name':
      return named(node.name, scope, text);
    case 'negated':
      return -nodeValue(node.of, scope, text);
    default: {
      const left = nodeValue(node.left, scope, text);
      const right = nodeValue(node.right, scope, text);
      if (node.operator === '/' && right === 0) throw expressionError(text, 'it divides by zero');
      return finite(operate(node.operator, left, right), text);
    }
  }
}

/** An overflow on the way may end as a finite number, such as 1 / (1e308 * 10). */
function finite(value: number, text: string): number {
  if (Number.isFinite(value)) return value;
  throw expressionError(text, `it is ${value}, which is no finite number`);
}

function named(name: string, scope: Scope, text: string): number {
  const value = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (value !== undefined) return value;
  const known = Object.keys(scope).join(', ');
  throw expressionError(text, `nothing is named "${name}"`, `known: ${known || 'no names'}`);
}

function operate(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return left / right;
  }
}
