// YAML from strangers: what is nested too deeply, repeated too often or simply too much is refused before the library
// recurses into it, where Node would end by a signal. Loads yaml: reached only by import().
import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
} from 'yaml';
import { describeError } from '../base/errors.ts';

/** A suite file needs six. */
const MOST_DEPTH = 32;
/** A suite file of a thousand shaders with ten lines each needs 100,000. */
const MOST_LEXEMES = 400_000;
const MOST_ALIASES = 100;

/** A value, or what is wrong and in which line (from 1; null where it is in none). */
export type ParsedText =
  | { readonly value: unknown }
  | { readonly problem: string; readonly line: number | null };

/** Parses one document of YAML 1.2 with its core types. */
export function parseYaml(text: string): ParsedText {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  const tokens = tokensOf(text, lines);
  if ('problem' in tokens) return { problem: tokens.problem, line: lineOf(tokens.offset) };
  const composer = new Composer({ logLevel: 'error', prettyErrors: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokens.tokens, true, text.length);
  if (document === undefined) return { value: null };
  const [found] = [...document.errors, ...document.warnings];
  if (found !== undefined) return { problem: sentence(found.message), line: lineOf(found.pos[0]) };
  if (second !== undefined)
    return { problem: 'a second document begins here', line: lineOf(second.range[0]) };
  const strange = strangePart(document.contents, new Set());
  if (strange !== null) return { problem: strange.problem, line: lineOf(strange.offset) };
  return plainValue(document);
}

/** What is wrong, and where it begins. */
interface Strange {
  readonly problem: string;
  readonly offset: number;
}

type Tokens = Parameters<Composer['compose']>[0];

function tokensOf(text: string, lines: LineCounter): { readonly tokens: Tokens } | Strange {
  const parser = new Parser(lines.addNewLine);
  const tokens = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    count++;
    if (parser.stack.length > MOST_DEPTH)
      return { problem: 'it is nested too deeply', offset: parser.offset };
    if (count > MOST_LEXEMES)
      return { problem: 'it has more parts than any suite needs', offset: parser.offset };
  }
  tokens.push(...parser.end());
  return { tokens };
}

/**
 * A key that stands twice or is no plain text, or an alias of nothing. Keys are not left to the library, which compares
 * every one with every other; of aliases it does not say where they are.
 */
function strangePart(node: unknown, anchors: Set<string>): Strange | null {
  if (isAlias(node) && !anchors.has(node.source)) {
    return { problem: `*${node.source.slice(0, 80)} stands for nothing before it`, offset: offsetOf(node) };
  }
  if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.add(node.anchor);
  if (!isCollection(node)) return null;
  const keys = new Set<string>();
  for (const item of node.items) {
    const key = isPair(item) ? strangeKey(item.key, keys) : null;
    const found = key ?? strangePart(isPair(item) ? item.value : item, anchors);
    if (found !== null) return found;
  }
  return null;
}

function strangeKey(key: unknown, before: Set<string>): Strange | null {
  if (!isScalar(key)) return { problem: 'a key is no plain text', offset: offsetOf(key) };
  const name = String(key.value);
  if (before.has(name)) return { problem: `"${name.slice(0, 80)}" stands twice`, offset: offsetOf(key) };
  before.add(name);
  return null;
}

function offsetOf(node: unknown): number {
  return (node as { readonly range?: readonly number[] } | null)?.range?.[0] ?? 0;
}

function plainValue(document: Document.Parsed): ParsedText {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    const isExcess = /^Excessive alias count/.test(describeError(error));
    const problem = isExcess ? 'its aliases repeat too much' : sentence(describeError(error));
    return { problem, line: null };
  }
}

function sentence(message: string): string {
  const line = message.split('\n')[0] as string;
  return line.charAt(0).toLowerCase() + line.slice(1, 200);
}
