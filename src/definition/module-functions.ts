// What a module may say by functions, where a pragma has expressions. Types only.
import type { Random } from '../base/random.ts';
import type { AxisPoint, Elements } from '../suite/benchmark.ts';
import type { Verification } from '../suite/verification.ts';

/** A size: elements of an array, or texels along each axis of an image. */
export type Size = number | readonly number[];

/** Functions of the axes; each takes the place of what the shader, its pragmas or conventions say. */
export interface ModuleFunctions<A extends string = string> {
  /** By the name of the binding. */
  readonly elements?: Readonly<Record<string, (axes: AxisPoint<A>) => Size>>;
  /** Invocations; the workgroups follow from the local size. */
  readonly items?: (axes: AxisPoint<A>) => Size;
  /** Workgroups. */
  readonly groups?: (axes: AxisPoint<A>) => Size;
  /** Initial contents by the name of the binding. */
  readonly fill?: Readonly<
    Record<string, 'zero' | 'random' | ((into: Elements, axes: AxisPoint<A>, random: Random) => void)>
  >;
  /** Values of push constants and uniform members by name. */
  readonly set?: Readonly<Record<string, (axes: AxisPoint<A>) => Size>>;
  /** Floating-point operations of one dispatch. */
  readonly flops?: (axes: AxisPoint<A>) => number;
  /** Bytes that one dispatch moves to and from memory. */
  readonly bytes?: (axes: AxisPoint<A>) => number;
  /** Compares what one dispatch wrote with a reference; inputs and outputs by the names of the bindings. */
  readonly verify?: (
    axes: AxisPoint<A>,
    inputs: Readonly<Record<string, Elements>>,
    outputs: Readonly<Record<string, Elements>>,
  ) => Verification;
}
