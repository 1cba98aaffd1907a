// Errors on their way from a process to its parent: what crosses the channel is plain data, and on the
// other side it is the same kind of error again.
import { describeError, GuestmarkError } from '../base/errors.ts';
import type { ErrorRecord } from './protocol.ts';

/** What of an error can be sent. An error without a code is a defect, and its text is all there is. */
export function errorRecord(error: unknown): ErrorRecord {
  if (error instanceof GuestmarkError)
    return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: null, message: describeError(error), hint: null };
}

/** The error that a record tells of. */
export function errorFrom({ code, message, hint }: ErrorRecord): Error {
  if (code === null) return new Error(message);
  return new GuestmarkError(code, message, hint === null ? {} : { hint });
}
