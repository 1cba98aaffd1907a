// The form of a suite file. Unknown keys are errors that name those that are known. Loads zod, which costs 100 ms:
// reached only by import().
import { z } from 'zod';

const MOST_SHADERS = 1000;
/** A suite needs six. */
const MOST_DEPTH = 32;
/** Longer than any path or statement, and short enough to be shown. */
const MOST_CHARACTERS = 4096;

const text = z.string().min(1).max(MOST_CHARACTERS);
const names = (what: string) =>
  z.string().regex(/^[A-Za-z_]\w*$/, `${what} is made of letters, digits and _`);

/** An object whose unknown keys are told together with the known ones. */
function closed<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const unknown = issue.keys.map((key) => `"${key.slice(0, 80)}"`).join(', ');
      return `no key ${unknown} is known; known: ${Object.keys(shape).join(', ')}`;
    },
  });
}

/** What may be one or several. */
function oneOrMore<T>(one: z.ZodType<T>, most: number, what: string): z.ZodType<readonly T[]> {
  return z
    .union([one, z.array(one).min(1).max(most)], { error: `it is not ${what}, or a list of them` })
    .transform((value): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]));
}

const axisValue: z.ZodType<number | string> = z.union([z.number(), text]);

const shader = closed({
  file: text,
  name: text.optional(),
  axes: z
    .record(names('an axis'), oneOrMore(axisValue, 1000, 'a number, a range such as "1Mi..64Mi*4"'))
    .default({}),
  pragmas: z.array(text).max(1000).default([]),
  entry: text.optional(),
  define: z.record(names('a macro'), z.union([z.number(), z.string().max(MOST_CHARACTERS)])).default({}),
  include: oneOrMore(text, 100, 'a folder').default([]),
  thresholds: z.record(text, oneOrMore(text, 10, 'a limit such as "<= 5 ms"')).default({}),
});

const suite = closed({
  name: text.optional(),
  shaders: z.array(shader).max(MOST_SHADERS).default([]),
  modules: z.array(text).max(MOST_SHADERS).default([]),
});

/** One value or several. */
type Listed<T> = readonly T[];

/** A suite file as it is written, with every part there. */
export interface SuiteDocument {
  readonly name?: string | undefined;
  readonly shaders: readonly SuiteShader[];
  readonly modules: readonly string[];
}

/** An entry of `shaders`. */
interface SuiteShader {
  readonly file: string;
  readonly name?: string | undefined;
  readonly axes: Readonly<Record<string, Listed<number | string>>>;
  readonly pragmas: readonly string[];
  readonly entry?: string | undefined;
  readonly define: Readonly<Record<string, number | string>>;
  readonly include: Listed<string>;
  readonly thresholds: Readonly<Record<string, Listed<string>>>;
}

/** The document, or what is wrong with it and where: `shaders[0].axes.n`. */
export function parseSuiteDocument(
  value: unknown,
): { readonly document: SuiteDocument } | { readonly problem: string; readonly place: string } {
  const strange = strangePlace(value, [], new Set());
  if (strange !== null) return strange;
  const result = suite.safeParse(value);
  if (result.success) return { document: result.data };
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.reduce<string>((before, key) => placeOf(before, key), '');
  return { problem: problemOf(issue), place };
}

function problemOf(issue: z.core.$ZodIssue): string {
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function placeOf(before: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${before}[${key}]`;
  return before === '' ? String(key) : `${before}.${String(key).slice(0, 80)}`;
}

/** A key `__proto__`, which zod passes over, or more depth than a stack has room for. Aliases may make circles of the value. */
function strangePlace(
  value: unknown,
  path: readonly (string | number)[],
  seen: Set<unknown>,
): { readonly problem: string; readonly place: string } | null {
  if (typeof value !== 'object' || value === null || seen.has(value)) return null;
  seen.add(value);
  const place = (): string => path.reduce<string>(placeOf, '');
  if (path.length > MOST_DEPTH) return { problem: 'it is nested too deeply', place: place() };
  if (!Array.isArray(value) && Object.hasOwn(value, '__proto__'))
    return { problem: 'no key "__proto__" is known', place: place() };
  for (const [key, item] of Object.entries(value)) {
    const found = strangePlace(item, [...path, Array.isArray(value) ? Number(key) : key], seen);
    if (found !== null) return found;
  }
  return null;
}
