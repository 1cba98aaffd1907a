// Reads the text of a report file, or says what is wrong with it and where. Loads zod with the schema:
// imported dynamically.
import type { z } from 'zod';
import { GuestmarkError } from '../base/errors.ts';
import { type Report, SCHEMA_VERSION } from './report.ts';
import { reportSchema } from './schema.ts';

/**
 * Parses and checks a report. In a report of a newer minor version fields that this version does not know are
 * left out; whatever else differs is an error.
 *
 * @param name What to call the report in messages: its path.
 * @throws GuestmarkError (usage) that names the first wrong field.
 */
export function parseReport(text: string, name: string): Report {
  return checkReport(parseJson(text, name), name);
}

/**
 * Checks what was parsed already, which it may change.
 *
 * @throws GuestmarkError (usage) that names the first wrong field.
 */
export function checkReport(value: unknown, name: string): Report {
  const isNewer = checkVersion(value, name);
  let result = reportSchema.safeParse(value);
  while (isNewer && !result.success && removeUnknownKeys(value, result.error.issues))
    result = reportSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue, ...others] = result.error.issues;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return refuse(
    name,
    `${describeIssue(issue as Issue)}${more}`,
    'was it edited, or written by another program?',
  );
}

type Issue = z.core.$ZodIssue;

function refuse(name: string, problem: string, hint: string): never {
  throw new GuestmarkError('usage', `Cannot read report "${name}": ${problem}`, { hint });
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = 'give a report that guestmark run has written';
    throw new GuestmarkError('usage', `Cannot read report "${name}": it is not JSON`, { hint, cause: error });
  }
}

/** Whether the report has a newer minor version; another major version cannot be read at all. */
function checkVersion(value: unknown, name: string): boolean {
  const { schema, schemaVersion } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (schema !== 'guestmark-report')
    refuse(name, 'schema: it is no guestmark report', 'give a report that guestmark run has written');
  const [major, minor] = versionOf(String(schemaVersion));
  const [ourMajor, ourMinor] = versionOf(SCHEMA_VERSION);
  if (major !== ourMajor) {
    const problem = `schemaVersion: ${String(schemaVersion)} is not ${ourMajor}.x, which this version of guestmark reads`;
    refuse(name, problem, 'use the version of guestmark that wrote it, or a newer one');
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
function describeIssue({ path, message }: Issue): string {
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${where.replace(/^\./, '') || 'report'}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
