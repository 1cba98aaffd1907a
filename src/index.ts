/// <reference lib="esnext.disposable" preserve="true" />
// The public surface of the package: re-exports only. Importing it loads no native code; that happens
// when a device or a clock is opened.
export type { Available, Unavailable } from './base/availability.ts';
export { type ErrorCode, GuestmarkError } from './base/errors.ts';
export { float16Bits, float16Value } from './base/float16.ts';
export type { Random } from './base/random.ts';
export type { ModuleFunctions, Size } from './definition/module-functions.ts';
export { defineBenchmark, type ShaderBenchmark } from './definition/shader-benchmark.ts';
export type { Report } from './report/report.ts';
export { loadShippedKernel } from './shader/shipped.ts';
export { type MedianInterval, medianInterval } from './stats/order-statistic-interval.ts';
export { quantileOfSorted } from './stats/quantile.ts';
export { availableMemoryBytes } from './suite/available-memory.ts';
export type {
  AxisPoint,
  Benchmark,
  BufferPlan,
  Category,
  Elements,
  ElementType,
  Explanation,
  ImagePlan,
  RoofType,
  SuiteName,
  VerifyContext,
  WorkStep,
} from './suite/benchmark.ts';
export { defineHostBenchmark, type HostBenchmark } from './suite/host-benchmark.ts';
export type {
  FigureEstimate,
  FigureUnit,
  HostContext,
  MakeOperation,
  Operation,
  OperationFigure,
} from './suite/operation.ts';
export {
  allOf,
  compareElements,
  type Mismatch,
  type Tolerance,
  type Verification,
} from './suite/verification.ts';
export type { DeviceInfo } from './vulkan/device-info.ts';
