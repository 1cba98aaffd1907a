// Checks a parsed file of this program against its schema and version, and names the first wrong field in words. Knows no
// format itself. Loads zod's types only; the schemas come with those who call.
import type { z } from 'zod';
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';

/** A format of file. */
export interface FileFormat<T> {
  /** The value of its field `schema`. */
  readonly schema: string;
  /** The version that this program writes, `major.minor`. */
  readonly version: string;
  /** What messages call it: `report`. */
  readonly what: string;
  /** What writes it: `guestmark run`. */
  readonly writer: string;
  readonly shape: z.ZodType<T>;
}

/**
 * Checks a value. In a file of a newer minor version fields that this version does not know are taken out of the value;
 * whatever else differs is an error.
 *
 * @param name What to call the file in messages: its path.
 * @throws GuestmarkError (usage) that names the first wrong field.
 */
export function checkFile<T>(value: unknown, name: string, format: FileFormat<T>): T {
  const refuse = refuser(name, format);
  const isNewer = checkVersion(value, format, refuse);
  let result = format.shape.safeParse(value);
  while (isNewer && !result.success && removeUnknownKeys(value, result.error.issues))
    result = format.shape.safeParse(value);
  if (result.success) return result.data;
  const [issue, ...others] = result.error.issues;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const problem = `${describeIssue(issue as Issue, format.what)}${more}`;
  return refuse(problem, 'was it edited, or written by another program?');
}

type Issue = z.core.$ZodIssue;
type Refuse = (problem: string, hint: string) => never;

function refuser(name: string, { what }: FileFormat<unknown>): Refuse {
  return (problem, hint) => {
    // Keys and names are anybody's.
    const message = `Cannot read ${what} "${shownText(name, 500)}": ${shownText(problem, 500)}`;
    throw new GuestmarkError('usage', message, { hint });
  };
}

/** Whether the file has a newer minor version; another major version cannot be read at all. */
function checkVersion(value: unknown, format: FileFormat<unknown>, refuse: Refuse): boolean {
  const { schema, schemaVersion } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (schema !== format.schema) {
    const isOurs = typeof schema === 'string' && schema.startsWith('guestmark-');
    const problem = `it is ${isOurs ? `a file of ${schema} and ` : ''}no guestmark ${format.what}`;
    refuse(`schema: ${problem}`, `give a report that ${format.writer} has written`);
  }
  const version = typeof schemaVersion === 'string' ? schemaVersion : 'what is no text';
  const [major, minor] = versionOf(version);
  const [ourMajor, ourMinor] = versionOf(format.version);
  if (major !== ourMajor) {
    const problem = `schemaVersion: ${version} is not ${ourMajor}.x, which this version of guestmark reads`;
    refuse(problem, 'use the version of guestmark that wrote it, or a newer one');
  }
  return minor > ourMinor;
}

function versionOf(text: string): readonly [number, number] {
  const [major, minor] = text.split('.').map(Number);
  return [major ?? Number.NaN, minor ?? Number.NaN];
}

/** Removes the keys that the schema does not know; false where there was none. */
function removeUnknownKeys(value: unknown, issues: readonly Issue[]): boolean {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  for (const { path, keys } of unknown) {
    const owner = path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown>)[key], value);
    for (const key of keys) delete (owner as Record<string, unknown>)[key];
  }
  return unknown.length > 0;
}

/** `results[0].runs[1].samples.gpuNs: 3 values where wallNs has 4`. */
function describeIssue({ path, message }: Issue, what: string): string {
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${where.replace(/^\./, '') || what}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
