// Errors on their way from a process to its parent: what crosses the channel is plain data, and on the
// other side it is the same kind of error again.
import { describeError, GuestmarkError } from '../base/errors.ts';
import type { ErrorRecord } from './protocol.ts';

/** What of an error can be sent. An error without a code is a defect, and its text is all there is. */
export function errorRecord(thrown: unknown): ErrorRecord {
  const error = firstOf(thrown);
  if (error instanceof GuestmarkError)
    return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: null, message: describeError(error), hint: null };
}

/** `using` joins the error of a block with that of closing it: the former came first and tells more. */
function firstOf(error: unknown): unknown {
  const joined = error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error;
  return joined ? firstOf(error.suppressed) : error;
}

/** The error that a record tells of. */
export function errorFrom({ code, message, hint }: ErrorRecord): Error {
  if (code === null) return new Error(message);
  return new GuestmarkError(code, message, hint === null ? {} : { hint });
}
