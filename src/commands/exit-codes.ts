// Exit codes, documented in README.md. Scripts depend on them.
import { type ErrorCode, GuestmarkError } from '../base/errors.ts';
import type { Report } from '../report/report.ts';

/** What the process exit code says. */
export const EXIT = {
  /** Everything that the device can do was measured and verified. */
  ok: 0,
  /** Something failed: a wrong result, a crash, a timeout, a validation message, a missed threshold; or every case was skipped. */
  failed: 1,
  /** The command line or a benchmark definition is wrong. */
  usage: 2,
  /** No Vulkan loader, driver or device. */
  environment: 3,
  /** The report could not be written. */
  output: 4,
  /** The program to be timed cannot be executed, or does not exist: what a shell says. */
  notExecutable: 126,
  notFound: 127,
  /** A defect of guestmark. */
  internal: 70,
  /** 128 + the number of SIGINT: interrupted, what was measured is in the report. */
  interrupted: 130,
} as const;

const BY_CODE: Readonly<Record<ErrorCode, number>> = {
  usage: EXIT.usage,
  environment: EXIT.environment,
  output: EXIT.output,
  vulkan: EXIT.failed,
  verification: EXIT.failed,
  timeout: EXIT.failed,
  crash: EXIT.failed,
  unsupported: EXIT.failed,
  interrupted: EXIT.interrupted,
};

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  return error instanceof GuestmarkError ? BY_CODE[error.code] : EXIT.internal;
}

/** The exit code for a report that is complete, or that was interrupted. */
export function exitCodeOfReport({
  status,
  results,
  validation,
}: Pick<Report, 'status' | 'results' | 'validation'>): number {
  if (status === 'partial') return EXIT.interrupted;
  const wrong = results.some((result) => result.status === 'failed');
  const nothing = results.every((result) => result.status !== 'ok');
  const missed = results.some(({ thresholds }) => thresholds.some(({ verdict }) => verdict === 'missed'));
  return wrong || nothing || missed || validation.messages.length > 0 ? EXIT.failed : EXIT.ok;
}
