// One error base for the whole product, so that a caller can tell a condition it may handle from a
// defect. Knows nothing of Vulkan, files or the command line.

/**
 * What went wrong, as a stable word. `cli.ts` turns it into an exit code; scripts may match on it.
 *
 * - `usage`: the request itself cannot be understood (unknown option value, unknown benchmark)
 * - `environment`: the machine lacks something (no Vulkan loader, no driver, no device)
 * - `output`: a result could not be written where it was asked for
 * - `vulkan`: a Vulkan call failed
 * - `verification`: a kernel computed a wrong result
 * - `timeout`: something did not end within its limit
 * - `crash`: a child process died
 * - `unsupported`: the device lacks what a benchmark needs
 * - `interrupted`: the user asked to stop
 */
export type ErrorCode =
  | 'usage'
  | 'environment'
  | 'output'
  | 'vulkan'
  | 'verification'
  | 'timeout'
  | 'crash'
  | 'unsupported'
  | 'interrupted';

/** Details of a {@link GuestmarkError}. */
export interface ErrorDetails {
  /** What the reader can do about it, a clause without a final period. */
  readonly hint?: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * A condition the product foresaw. The message follows one grammar:
 * "Cannot <action> <thing>: <state>", and the hint says what would help.
 */
export class GuestmarkError extends Error {
  override readonly name: string = 'GuestmarkError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** The one-line text a user reads: message, then the hint after a semicolon. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = error instanceof GuestmarkError ? error.hint : undefined;
  return hint === undefined ? error.message : `${error.message}; ${hint}`;
}
