// Checks what was parsed of a file that `guestmark time` has written, or says what is wrong with it and where. Loads zod with
// the schema: imported dynamically.
import { checkFile } from './check-file.ts';
import { timeReportSchema } from './schema-time.ts';
import { TIME_SCHEMA_VERSION, type TimeReport } from './time-report.ts';

/**
 * Checks a parsed file, which it may change.
 *
 * @param name What to call it in messages: its path.
 * @throws GuestmarkError (usage) that names the first wrong field.
 */
export function checkTimeReport(value: unknown, name: string): TimeReport {
  return checkFile(value, name, {
    schema: 'guestmark-time',
    version: TIME_SCHEMA_VERSION,
    what: 'time report',
    writer: 'guestmark time',
    shape: timeReportSchema,
  });
}
