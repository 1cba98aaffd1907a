// From an error to the failure of a case. In one place, because a case can fail in its process and, when
// that is gone, in the eyes of its parent.
import { describeError, type ErrorCode, GuestmarkError } from '../base/errors.ts';
import type { Failure, FailureKind } from './case-run.ts';

const KINDS: Readonly<Partial<Record<ErrorCode, FailureKind>>> = {
  verification: 'verification',
  timeout: 'timeout',
  vulkan: 'vulkan',
  crash: 'crash',
};

/** V8's words where it gets no memory for an array. */
const NO_MEMORY = /^Array buffer allocation failed$/;
const LESS_MEMORY = 'memory ran out: lower the size axis of the benchmark, or raise --process-memory';

/** What the report says of an error that ended a case. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof GuestmarkError)) {
    const message = describeError(error);
    const hint = error instanceof RangeError && NO_MEMORY.test(message) ? LESS_MEMORY : null;
    return { kind: 'error', message, hint };
  }
  return { kind: KINDS[error.code] ?? 'error', message: error.message, hint: error.hint ?? null };
}
