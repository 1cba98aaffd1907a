// Reads the text of a report file, or says what is wrong with it and where. Loads zod with the schema:
// imported dynamically.
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { checkFile, type FileFormat } from './check-file.ts';
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
  return checkFile(value, name, REPORT);
}

const REPORT: FileFormat<Report> = {
  schema: 'guestmark-report',
  version: SCHEMA_VERSION,
  what: 'report',
  writer: 'guestmark run',
  shape: reportSchema,
};

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = 'give a report that guestmark run has written';
    const message = `Cannot read report "${shownText(name, 500)}": it is not JSON`;
    throw new GuestmarkError('usage', message, { hint, cause: error });
  }
}
