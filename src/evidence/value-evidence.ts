// Tells by a parsed file what wrote it, and has it made into evidence. What checks a format is loaded when a file has it: zod
// alone takes as long as reading some reports.
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { evidenceOf, type ReportEvidence } from './case-evidence.ts';
import { hyperfineEvidence, isHyperfine } from './hyperfine-evidence.ts';
import { timeEvidence } from './time-evidence.ts';

/**
 * The evidence of a parsed file, which it may change.
 *
 * @throws GuestmarkError (usage) saying what is wrong with it, or that it is of no known kind.
 */
export async function valueEvidence(
  value: unknown,
  path: string,
  reportIndex: number,
): Promise<ReportEvidence> {
  const { schema } = (value ?? {}) as { readonly schema?: unknown };
  if (schema === 'guestmark-report') {
    const { checkReport } = await loadPart(import('../report/parse-report.ts'));
    return evidenceOf(checkReport(value, path), path, reportIndex);
  }
  if (schema === 'guestmark-time') {
    const { checkTimeReport } = await loadPart(import('../report/parse-time-report.ts'));
    return timeEvidence(checkTimeReport(value, path), path, reportIndex);
  }
  if (isHyperfine(value)) return hyperfineEvidence(value, path, reportIndex);
  const state = isOurs(schema) ? `it is of the kind ${schema}, which holds no runs` : 'it is no report';
  const hint = 'give what guestmark run, guestmark time or hyperfine --export-json has written';
  throw new GuestmarkError('usage', `Cannot read "${path}": ${state}`, { hint });
}

function isOurs(schema: unknown): schema is string {
  return typeof schema === 'string' && /^guestmark-[a-z]+$/.test(schema);
}
