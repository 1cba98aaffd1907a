/// <reference lib="esnext.disposable" preserve="true" />
// The public surface of the package: re-exports only. Importing it loads no native code; that happens
// when a device or a clock is opened.
export type { Available, Unavailable } from './base/availability.ts';
export { type ErrorCode, GuestmarkError } from './base/errors.ts';
export type { Random } from './base/random.ts';
export type { Report } from './report/report.ts';
export {
  type AxisPoint,
  type Benchmark,
  type BufferPlan,
  defineBenchmark,
  type Elements,
  type ElementType,
  type ImagePlan,
  type SuiteName,
  type VerifyContext,
  type WorkStep,
} from './suite/benchmark.ts';
export {
  allOf,
  compareElements,
  type Mismatch,
  type Tolerance,
  type Verification,
} from './suite/verification.ts';
