// From an error to the failure of a case. In one place, because a case can fail in its process and, when
// that is gone, in the eyes of its parent.
import { describeError, type ErrorCode, GuestmarkError } from '../base/errors.ts';
import type { Failure, FailureKind } from './case-run.ts';
import { memoryHint } from './memory-hint.ts';

const KINDS: Readonly<Partial<Record<ErrorCode, FailureKind>>> = {
  verification: 'verification',
  timeout: 'timeout',
  vulkan: 'vulkan',
  crash: 'crash',
};

/** What the report says of an error that ended a case. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof GuestmarkError)) {
    return { kind: 'error', message: describeError(error), hint: memoryHint(error) ?? null };
  }
  return { kind: KINDS[error.code] ?? 'error', message: error.message, hint: error.hint ?? null };
}
