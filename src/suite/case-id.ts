// Case ids: the same string in the report, on the command line and in a comparison. Pure.
import { formatQuantity } from '../base/units.ts';
import type { AxisPoint, Benchmark } from './benchmark.ts';

/** A benchmark at one point of its axes. */
export interface Case {
  /** `copy[n=4Mi,WORKGROUP_SIZE=256]`; just the name for a benchmark without axes. */
  readonly id: string;
  readonly benchmark: Benchmark;
  readonly axes: AxisPoint;
}

/** Makes the case of a benchmark at `axes`; the id lists them in the order of their declaration. */
export function makeCase(benchmark: Benchmark, axes: AxisPoint): Case {
  const values = Object.keys(benchmark.axes).map((axis) => `${axis}=${formatQuantity(axes[axis] as number)}`);
  const id = values.length === 0 ? benchmark.name : `${benchmark.name}[${values.join(',')}]`;
  return { id, benchmark, axes };
}
