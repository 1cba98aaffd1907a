// One statement about a shader, as a pragma writes it: `axis n = 1Mi, 16Mi`. The same words serve in shaders, in suite
// files and on the command line. Knows no shader: whether there is a binding of that name is not asked here.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { isPrintable } from '../shader/plain-names.ts';
import { parseAxisValues } from './axis-values.ts';
import type { Expected, Fill } from './definition.ts';
import { type Expression, evaluate, parseExpression } from './expression.ts';

export type Statement =
  | { readonly key: 'axis'; readonly name: string; readonly values: readonly number[] }
  | { readonly key: 'elements' | 'set'; readonly name: string; readonly values: readonly Expression[] }
  | { readonly key: 'items' | 'groups'; readonly values: readonly Expression[] }
  | { readonly key: 'fill'; readonly name: string; readonly fill: Fill }
  | { readonly key: 'expect'; readonly name: string; readonly expected: Expected }
  | { readonly key: 'flops' | 'bytes'; readonly value: Expression }
  | { readonly key: 'requires' | 'name' | 'summary' | 'entry'; readonly text: string }
  | { readonly key: 'kind'; readonly kind: 'throughput' | 'latency' };

export type StatementOf<K extends Statement['key']> = Extract<Statement, { readonly key: K }>;

type Parse = (rest: string, folder: string) => Statement;

/** Most parts are `name = value`; a member may be a path: `lights[0].color`. */
const ASSIGNMENT = /^([A-Za-z_][\w.[\]]*)\s*=\s*(.+)$/s;

const PARSERS: Readonly<Record<Statement['key'], Parse>> = {
  axis: (rest) => {
    const { name, value } = assignment(rest, 'n = 1Mi, 16Mi');
    return { key: 'axis', name: plainName(name), values: parseAxisValues(value) };
  },
  elements: (rest) => {
    const { name, value } = assignment(rest, 'x = n');
    return { key: 'elements', name, values: expressions(value, 3) };
  },
  set: (rest) => {
    const { name, value } = assignment(rest, 'scale = 2 * n');
    return { key: 'set', name, values: expressions(value, 4096) };
  },
  items: (rest) => ({ key: 'items', values: expressions(rest, 3) }),
  groups: (rest) => ({ key: 'groups', values: expressions(rest, 3) }),
  fill: (rest, folder) => {
    const { name, value } = assignment(rest, 'x = random');
    return { key: 'fill', name, fill: parseFill(value, folder) };
  },
  expect: (rest, folder) => {
    const { name, value } = assignment(rest, 'y = 3 within 1e-5');
    return { key: 'expect', name, expected: parseExpected(value, folder) };
  },
  flops: (rest) => ({ key: 'flops', value: parseExpression(rest) }),
  bytes: (rest) => ({ key: 'bytes', value: parseExpression(rest) }),
  requires: (rest) => ({ key: 'requires', text: word(rest, 'shaderFloat64') }),
  name: (rest) => ({ key: 'name', text: benchmarkName(rest) }),
  summary: (rest) => ({ key: 'summary', text: someText(rest) }),
  entry: (rest) => ({ key: 'entry', text: entryPoint(rest) }),
  kind: (rest) => {
    if (rest === 'throughput' || rest === 'latency') return { key: 'kind', kind: rest };
    throw problem(`"${rest}" is no kind`, 'throughput and latency are');
  },
};

/** The words that begin a statement. */
export const STATEMENT_KEYS = Object.keys(PARSERS) as readonly Statement['key'][];

/**
 * Parses a statement.
 *
 * @param folder Where the names of files begin.
 * @param place For messages: `my.comp:4`.
 * @throws GuestmarkError (usage) that names the place and what is known.
 */
export function parseStatement(text: string, folder: string, place: string): Statement {
  const [, key = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  try {
    if (!Object.hasOwn(PARSERS, key))
      throw problem(
        key === '' ? 'it says nothing' : `"${key}" is no key`,
        `known: ${STATEMENT_KEYS.join(', ')}`,
      );
    return PARSERS[key as Statement['key']](rest.trim(), folder);
  } catch (error) {
    if (!(error instanceof GuestmarkError)) throw error;
    const state = error.message.replace(/^Cannot read it: /, '').replace(/^Cannot /, 'cannot ');
    throw new GuestmarkError(
      'usage',
      `Cannot read "${shownText(text)}" (${shownText(place, 300)}): ${shownText(state, 300)}`,
      {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      },
    );
  }
}

function problem(state: string, hint?: string): GuestmarkError {
  return new GuestmarkError('usage', `Cannot read it: ${state}`, hint === undefined ? {} : { hint });
}

function assignment(rest: string, example: string): { name: string; value: string } {
  const [, name, value] = ASSIGNMENT.exec(rest) ?? [];
  if (name !== undefined && value !== undefined) return { name, value: value.trim() };
  throw problem('it is not of the form name = value', `such as ${example}`);
}

function plainName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw problem(`"${name}" is not a plain name`, 'an axis is made of letters, digits and _');
}

function expressions(text: string, most: number): readonly Expression[] {
  const parts = text.split(',');
  if (parts.length > most) throw problem(`it has ${parts.length} values, more than ${most}`);
  return parts.map((part) => parseExpression(part));
}

function word(rest: string, example: string): string {
  if (/^\w+$/.test(rest)) return rest;
  throw problem(`"${rest}" is not one plain word`, `such as ${example}`);
}

/** SPIR-V allows any text; one without spaces can be told from a mistake. */
function entryPoint(rest: string): string {
  if (!/^\S+$/.test(rest)) throw problem(`"${rest}" is not one word`, 'such as main');
  if (isPrintable(rest)) return rest;
  throw problem(`"${rest}" is not printable text of at most 255 characters`);
}

function benchmarkName(rest: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(rest)) return rest;
  throw problem(`"${rest}" is not made of lower-case letters, digits and dashes`);
}

function someText(rest: string): string {
  if (rest !== '') return rest;
  throw problem('it says nothing');
}

const FILE = /^file\s+"([^"]+)"$/;

function parseFill(text: string, folder: string): Fill {
  if (text === 'zero' || text === 'index') return { kind: text };
  const [isRandom, seed] = /^random(?:\s+(\S+))?$/.exec(text) ?? [];
  if (isRandom !== undefined) return { kind: 'random', seed: seed === undefined ? null : parseSeed(seed) };
  const file = FILE.exec(text)?.[1];
  if (file !== undefined) return { kind: 'file', path: resolve(folder, file) };
  return {
    kind: 'number',
    value: expressionOf(text, 'zero, index, random, random 42, a number or file "x.bin"'),
  };
}

function parseSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw problem(`the seed "${text}" is no whole number`);
}

function parseExpected(text: string, folder: string): Expected {
  const [, what = text, within] = /^(.*\S)\s+within\s+(\S.*)$/s.exec(text) ?? [];
  const tolerance = within === undefined ? 0 : evaluate(parseExpression(within), {});
  if (tolerance < 0) throw problem(`the tolerance ${tolerance} is below 0`);
  return { what: parseExpectedWhat(what.trim(), folder), tolerance };
}

function parseExpectedWhat(text: string, folder: string): Expected['what'] {
  if (text === 'itself') return { kind: 'itself' };
  const [, name] = /^equal\s+to\s+(\w+)$/.exec(text) ?? [];
  if (name !== undefined) return { kind: 'binding', name };
  const file = FILE.exec(text)?.[1];
  if (file !== undefined) return { kind: 'file', path: resolve(folder, file) };
  return { kind: 'number', value: expressionOf(text, 'a number, file "y.bin", equal to z or itself') };
}

function expressionOf(text: string, forms: string): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof GuestmarkError)
      throw problem(error.message.replace(/^Cannot /, 'cannot '), `give ${forms}`);
    throw error;
  }
}
