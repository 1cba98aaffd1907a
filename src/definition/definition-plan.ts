// What a definition comes to on a device: its cases with their sizes, and what stands in their way. Types only; plain data
// that JSON can hold.
import type { AxisPoint } from '../suite/benchmark.ts';
import type { Triple } from './dispatch-size.ts';

/** Something that a device, or guestmark, cannot do. */
export interface Obstacle {
  /** The limit, feature, extension or capability by its name: `maxComputeWorkGroupCount[0]`. */
  readonly what: string;
  /** Null for what is no quantity. */
  readonly needed: number | null;
  readonly limit: number | null;
  /** The binding that it is about. */
  readonly binding: string | null;
  /** The axis to lower, the one with the largest effect; null where none helps. */
  readonly axis: string | null;
  /** The largest value of that axis among its halves that the limit allows; null where there is none. */
  readonly fittingValue: number | null;
  readonly message: string;
  readonly hint: string;
}

/** A binding of a case. */
interface PlannedBinding {
  readonly name: string;
  /** Of everything in it, its header included. */
  readonly bytes: number;
  /** Elements of its array or texels of an image; 0 for a block without an array. */
  readonly elements: number;
  /** Texels along each axis of an image; null for a buffer. */
  readonly extent: Triple | null;
}

/** A number, or its text where JSON has no such number. */
export type PlainNumber = number | string;

/** What one dispatch of a case does. */
export interface PlannedDispatch {
  readonly localSize: Triple;
  readonly workgroups: Triple;
  /** Those that do work: what is beyond the last one is left out. */
  readonly invocations: number;
  readonly bindings: readonly PlannedBinding[];
  /** Of all bindings. */
  readonly memoryBytes: number;
  /** Moved to and from memory. */
  readonly movedBytes: number;
  /** Null where nobody says. */
  readonly flops: number | null;
  /** The arithmetic intensity, flops / movedBytes; null where one of them is unknown or nothing is moved. */
  readonly flopsPerByte: number | null;
  /** For each push constant a value for each of its scalars. */
  readonly push: Readonly<Record<string, readonly PlainNumber[]>>;
  readonly constants: Readonly<Record<string, PlainNumber>>;
}

/** One point of the axes. */
export interface PlannedCase {
  readonly id: string;
  readonly axes: AxisPoint;
  /** Why there is no such case (a division by zero, a size that is not whole); null where there is. */
  readonly problem: string | null;
  /** Null with a problem. */
  readonly dispatch: PlannedDispatch | null;
  readonly obstacles: readonly Obstacle[];
}

/** A definition on a device. */
export interface DefinitionPlan {
  /** Points of the axes; only the first thousand of them are planned. */
  readonly totalCases: number;
  /** What stands in the way of every case. */
  readonly obstacles: readonly Obstacle[];
  readonly cases: readonly PlannedCase[];
}
