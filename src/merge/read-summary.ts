// One report file, read: its summary, or one sentence why there is none. Never throws for what a file holds, and is plain data
// either way, so that a thread can do it for another one.
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { shownText } from '../base/shown-text.ts';
import { readJson } from '../evidence/read-json.ts';
import { refusalOf } from '../evidence/refuse-file.ts';
import type { ReadSummary } from './report-summary.ts';
import { summarizeReport } from './summarize-report.ts';

/** Reads and checks a report of `guestmark run`. */
export async function readSummary(path: string): Promise<ReadSummary> {
  try {
    const value = readJson(path);
    refuseOtherKinds(value, path);
    const { checkReport } = await loadPart(import('../report/parse-report.ts'));
    return { summary: summarizeReport(checkReport(value, path), path), refused: null };
  } catch (error) {
    return { summary: null, refused: refusalOf(path, error) };
  }
}

/** A fleet's plan or the file of another program is told in fewer words than by the report's schema. */
function refuseOtherKinds(value: unknown, path: string): void {
  const { schema } = (value ?? {}) as { readonly schema?: unknown };
  if (schema === 'guestmark-report') return;
  const isOurs = typeof schema === 'string' && /^guestmark-[a-z-]+$/.test(schema);
  const state = isOurs
    ? `it is of the kind ${shownText(schema)}, which is no report of a node`
    : 'it is no report';
  const hint = 'give what guestmark run has written';
  throw new GuestmarkError('usage', `Cannot read "${path}": ${state}`, { hint });
}
